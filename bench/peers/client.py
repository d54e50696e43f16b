"""A phone for the bench: one kept connection, cookies, and what each request cost the server."""

from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.web.browser import encoded, filled
from tests.web.reading import Reading

SETTLE = 0.004  # seconds: what a server does after it has answered counts, too


class Phone:
    """`cost` holds the milliseconds of CPU of each request, by what it was for; the last one `took` so many in all."""

    def __init__(self, address: str, worker: int, htmx: bool, accepts: str = "") -> None:
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=30)
        self._worker, self._htmx, self._accepts = worker, htmx, accepts
        self._cookies: dict[str, str] = {}
        self.cost: dict[str, list[float]] = {}
        self.took = 0.0
        self.path = "/"
        self.page = Reading("")

    def forget(self) -> None:
        """Somebody new, over the same connection."""
        self._cookies.clear()

    def get(self, path: str, what: str = "") -> None:
        """Open a page, as a bookmark does."""
        self._ask("GET", path, what or f"GET {path}", None, {})

    def submit(self, action: str, typed: Mapping[str, Any], what: str, button: tuple[str, str] | None = None) -> None:
        """Fill in the form that was shown and send it; the answer's page is the next."""
        form = self.page.form(action, button)
        sent = encoded(filled(form, typed, button))
        kind = sent.get("content_type", "application/x-www-form-urlencoded")
        body = sent["data"] if isinstance(sent["data"], bytes) else urlencode(sent["data"], doseq=True).encode()
        self._ask("POST", action, what, body, {"Content-Type": kind})

    def _ask(self, method: str, path: str, what: str, body: bytes | None, headers: dict[str, str]) -> None:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if self._accepts:
            headers["Accept-Encoding"] = self._accepts
        if self._htmx and method == "POST":
            headers |= {"HX-Request": "true", "HX-Target": "step"}
        before, began = cpu(self._worker), perf_counter()
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        self.took = (perf_counter() - began) * 1e3
        sleep(SETTLE)
        self.cost.setdefault(what, []).append((cpu(self._worker) - before) / 1e6)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, kept = value.partition(";")[0].partition("=")
                self._cookies[key] = kept
        assert answer.status < 400, (method, path, answer.status, text[:2000])
        if location := answer.getheader("Location"):
            self.path = urlsplit(location).path
            return
        self.path = answer.getheader("HX-Push-Url") or path
        self.page = Reading("" if self._accepts else text.decode())


def cpu(process: int) -> int:
    """Nanoseconds of CPU, as the scheduler counts them, of all its living threads, and of what they started."""
    tasks = list(Path(f"/proc/{process}/task").glob("*"))
    own = sum(int((each / "schedstat").read_text().split()[0]) for each in tasks)
    return own + sum(cpu(int(child)) for each in tasks for child in (each / "children").read_text().split())
