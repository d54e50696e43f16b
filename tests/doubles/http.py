"""Servers of others, spoken to over loopback as over the net: how a double listens. What it answers is its own."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TypeVar


class Double:
    """Answers each POST by `answer`, unless `next` says what to do instead, once each: "html", "silence", "lost" (it
    takes the message, and its answer never arrives), or the provider's code of an error."""

    def __init__(self) -> None:
        self.next: deque[str] = deque()
        self.over = Event()
        self.address = ""

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://")

    def answer(self, headers: dict[str, str], body: bytes) -> bytes:
        raise NotImplementedError

    def error(self, code: str) -> bytes:
        raise NotImplementedError

    def act(self, headers: dict[str, str], body: bytes) -> tuple[int, bytes] | None:
        """None: nothing comes back."""
        what = self.next.popleft() if self.next else ""
        if what == "html":
            return 502, b"<html><body>Bad Gateway</body></html>"
        if what == "silence":
            self.over.wait(40)
            return None
        answered = self.error(what) if what not in ("", "lost") else self.answer(headers, body)
        return None if what == "lost" else (200, answered)


D = TypeVar("D", bound=Double)


@contextmanager
def listening(double: D) -> Iterator[D]:
    """The double on a free port of this machine, in threads of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            acted = double.act(headers, self.rfile.read(int(headers["content-length"])))
            if acted is None:
                return
            self.send_response(acted[0])
            self.send_header("Content-Length", str(len(acted[1])))
            self.end_headers()
            self.wfile.write(acted[1])

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    double.address = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield double
    finally:
        double.over.set()
        server.shutdown()
        server.server_close()
