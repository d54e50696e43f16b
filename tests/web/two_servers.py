"""Two servers over one PostgreSQL, and people who are answered now by one and now by the other."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from itertools import cycle
from pathlib import Path
from subprocess import Popen
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

import psutil
from flask import Flask

from renewal.app import create_app
from renewal.settings import Settings
from renewal.store.keys import Keys
from tests.e2e.serving import ROOT, started
from tests.factories import Person, person
from tests.web.browser import Browser, walk

# Equal pictures are worked on once, as in all tests; and everybody has an address of their own.
CONF = f"""
import os
os.environ["RENEWAL_TRUSTED_PROXIES"] = "1"
exec(open({str(ROOT / "gunicorn.conf.py")!r}).read())
from functools import cache
from renewal.journey import studio
for work in ("open_photo", "find_sitter", "keep", "kept", "portrait_of", "make_signature"):
    setattr(studio, work, cache(getattr(studio, work)))
"""


@dataclass
class Client:
    """What `Browser` needs of a client: each request goes to the next server, and to the other one when the
    connection breaks, as a phone that tries again."""

    ports: list[int]
    address: str
    jar: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.turns = cycle(self.ports)

    def get(self, path: str, headers: dict[str, str]) -> Any:
        return self._ask("GET", path, headers, None)

    def post(self, path: str, headers: dict[str, str], data: Any, content_type: str = "") -> Any:
        body = data if isinstance(data, bytes) else urlencode(data, doseq=True).encode()
        kind = content_type or "application/x-www-form-urlencoded"
        return self._ask("POST", path, headers | {"Content-Type": kind}, body)

    def set_cookie(self, name: str, value: str) -> None:
        self.jar[name] = value

    def get_cookie(self, name: str) -> Any:
        return SimpleNamespace(value=self.jar[name]) if name in self.jar else None

    def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> Any:
        own = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items())}
        sent = headers | own | {"X-Forwarded-For": self.address}
        for _ in range(4):
            try:
                return self._answer(next(self.turns), method, path, sent, body)
            except (OSError, HTTPException):
                continue
        raise AssertionError("neither server answers")

    def _answer(self, port: int, method: str, path: str, headers: dict[str, str], body: bytes | None) -> Any:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.jar |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        request = SimpleNamespace(method=method)
        return SimpleNamespace(
            status_code=answer.status, headers=answer.headers, text=text, data=text.encode(), request=request
        )


@dataclass(frozen=True)
class Two:
    """Their ports and master processes, and an app over the same database to look beneath the pages."""

    ports: list[int]
    masters: list[Popen[bytes]]
    app: Flask

    def kill(self, number: int) -> None:
        """One of them and its workers, with all they were about to say."""
        master = psutil.Process(self.masters[number].pid)
        for process in (master, *master.children()):
            process.kill()


@contextmanager
def two_servers(folder: Path, url: str) -> Iterator[Two]:
    conf, keys = folder / "conf.py", Keys.fresh()
    conf.write_text(CONF)
    with ExitStack() as running:
        ports, masters = [], []
        for name in ("one", "two"):
            keys.write(folder / name / "keys")
            address, master = running.enter_context(started(folder / name, "-c", str(conf), database_url=url))
            ports.append(urlsplit(address).port or 0)
            masters.append(master)
        app = create_app(Settings(data=folder / "one", database_url=url))
        yield Two(ports, masters, app)
        app.extensions["renewal"].services.database.close()


def journeys(two: Two, count: int, at_half: Any) -> dict[str, Person]:
    """So many people apply, eight at a time; by the number that each was shown at the end. After half of them
    `at_half` is called."""
    shown: dict[str, Person] = {}

    def go(serial: int) -> None:
        who = person(serial)
        browser = Browser(two.app, True, Client(two.ports[:: 1 - 2 * (serial % 2)], f"198.51.100.{serial % 250}"))
        number = walk(browser, who).html.split('id="number"')[1].split(">")[1].split("<")[0]
        shown[number.replace(" ", "")] = who
        if len(shown) == count // 2:
            at_half()

    with ThreadPoolExecutor(8) as people:
        list(people.map(go, range(count)))
    return shown
