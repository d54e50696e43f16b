"""Other people's answers while hundreds of slow uploads go on, under the gunicorn that is deployed:
`python -m bench.slow_uploads`.

Slow uploads and idle connections are held by one process of their own; a person fills in the details form
meanwhile, over new connections and over one that is kept open.
"""

import asyncio
import multiprocessing
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection
from itertools import count
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from renewal.app import create_app
from renewal.settings import Settings
from tests.e2e.serving import serve
from tests.factories import carry, person
from tests.web.browser import Browser, editable, filled
from tests.web.reading import Reading

# How many, and bytes sent at once; the second kind is past what the server holds in memory.
UPLOADS = ((0, 0), (600, 0), (700, 0), (600, 131_072), (700, 131_072))
IDLE = 300
SECONDS = 20
TIMEOUT = 10  # seconds
GOAL = 1000  # milliseconds, every probe
DETAILS = "/renewal/details"
UPLOAD = (
    b"POST /tools/photo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 400000\r\n"
    b"Content-Type: multipart/form-data; boundary=b\r\n\r\n"
    b"--b\r\nContent-Disposition: form-data; name=photo; filename=a.jpg\r\nContent-Type: image/jpeg\r\n\r\n"
)
IDLE_REQUEST = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


async def _upload(port: int, ahead: int) -> None:
    """So much `ahead`, then 600 bytes a second, or three if there is nothing ahead; anew when it is given up."""
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(UPLOAD + b"x" * ahead)
            while not writer.is_closing():
                await asyncio.sleep(1)
                writer.write(b"xyz" * (200 if ahead else 1))
                await writer.drain()
        await asyncio.sleep(1)


async def _stay_idle(port: int) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(IDLE_REQUEST)
    await asyncio.Event().wait()


async def _hold(port: int, uploads: int, ahead: int, begun: Event) -> None:
    async with asyncio.TaskGroup() as group:
        for _ in range(IDLE):
            group.create_task(_stay_idle(port))
        for number in range(uploads):
            group.create_task(_upload(port, ahead))
            if number % 50 == 0:
                await asyncio.sleep(0.05)  # within the listener's backlog
        await asyncio.sleep(3)
        begun.set()


@contextmanager
def slow_uploads(port: int, uploads: int, ahead: int) -> Iterator[None]:
    """So many uploads, and IDLE connections beside them, until the end of the block."""
    begun = multiprocessing.Event()
    process = multiprocessing.Process(target=lambda: asyncio.run(_hold(port, uploads, ahead, begun)), daemon=True)
    process.start()
    try:
        begun.wait(60)
        yield
    finally:
        process.terminate()
        process.join()


class Visitor:
    """One person at the details form; `times` holds the milliseconds of each request by kind."""

    def __init__(self, port: int, cookie: str, answers: dict[str, str]) -> None:
        self.port, self.cookie, self.answers = port, cookie, answers
        self.kept = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        self.times: dict[str, list[float]] = {}

    def ask(self, method: str, path: str, body: str | None = None, *, kept: bool) -> str:
        """The answer's text. Raises TimeoutError after TIMEOUT, AssertionError for anything but 200."""
        connection = self.kept if kept else HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        headers = {"Cookie": self.cookie, "HX-Request": "true", "HX-Target": "step"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            taken = (time.perf_counter() - began) * 1000
            self.times.setdefault(f"{method} {path}{', kept' if kept else ''}", []).append(taken)
            if not kept:
                connection.close()
        assert answer.status == 200, (answer.status, text)
        return text

    def round(self, *, kept: bool) -> None:
        self.ask("GET", "/", kept=kept)
        self.ask("GET", "/healthz", kept=kept)
        form = Reading(self.ask("GET", DETAILS, kept=kept)).form(DETAILS)
        self.ask("POST", DETAILS, urlencode(filled(form, self.answers), doseq=True), kept=kept)


def visitor(port: int, data: Path) -> Visitor:
    """Somebody who has come as far as the details."""
    app = create_app(Settings(data=data))
    browser = Browser(app).hold(carry(app.extensions["renewal"].services, "details"))
    form = browser.get(DETAILS).form(DETAILS)
    cookies = [browser.client.get_cookie(name) for name in ("session", "device")]
    return Visitor(port, "; ".join(f"{one.key}={one.value}" for one in cookies if one), editable(form, person()))


def workers() -> list[int]:
    """Processes two below this one: gunicorn's workers."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    return [child for child, parent in parents.items() if parents.get(parent) == os.getpid()]


def memory(process: int) -> float:
    """Megabytes of its own, shared ones counted in part (PSS)."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def _row(what: str, times: list[float]) -> None:
    p95 = statistics.quantiles([*times, max(times)], n=20)[-1]
    late = "" if max(times) <= GOAL else "  ← over"
    print(f"  {what:30}{len(times):5} {statistics.median(times):8.1f} {p95:8.1f} {max(times):8.1f}{late}")


def measure(someone: Visitor) -> None:
    began = time.monotonic()
    for number in count():
        if time.monotonic() - began > SECONDS:
            break
        with suppress(TimeoutError):  # stands in the table, by its time
            someone.round(kept=number % 2 == 1)
        time.sleep(0.05)
    for what, times in sorted(someone.times.items()):
        _row(what, times)
    print("  workers", " + ".join(f"{memory(process):.0f}" for process in sorted(workers())), "MB PSS")


def main() -> None:
    for uploads, ahead in UPLOADS:
        print(f"{uploads} slow uploads, {ahead} bytes of each at once, {IDLE} idle connections")
        print(f"  {f'ms, each ≤ {GOAL}':30}{'n':>5} {'p50':>8} {'p95':>8} {'worst':>8}")
        with tempfile.TemporaryDirectory() as folder, ExitStack() as held:
            with serve(Path(folder), "--workers", "2") as address:
                port = urlsplit(address).port or 80
                someone = visitor(port, Path(folder))
                held.enter_context(slow_uploads(port, uploads, ahead))
                measure(someone)
                began = time.monotonic()
            print(f"  stopped, with all of them, in {time.monotonic() - began:.1f} s (≤ 10)")


if __name__ == "__main__":
    main()
