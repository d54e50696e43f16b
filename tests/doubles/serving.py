"""Servers of others, spoken to over loopback as over the net: how a double listens, and how badly it behaves when it is
told to. What it answers is its own."""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Thread
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

Fields = dict[str, str]
HUGE = b'{"code": "0", "x": "' + b"x" * 2_000_000 + b'"}'
MOODS = {
    "html": (502, "text/html", b"<html><body>Bad Gateway</body></html>"),
    "list": (200, "application/json", b"[]"),
    "huge": (200, "application/json", HUGE),
    "busy": (429, "application/json", b"{}"),
}


@dataclass(frozen=True)
class Asked:
    """`headers` by their names in lower case."""

    path: str
    query: Fields
    headers: Mapping[str, str]
    body: bytes


class Told(Exception):
    """An answer that is an error, as the provider documents it."""

    def __init__(self, answer: Mapping[str, Any], status: int = 200) -> None:
        super().__init__(answer)
        self.answer, self.status = answer, status


class Double:
    """`mood` makes it answer badly: silent, drip, cut, one of MOODS, "lost" (it takes what it is sent, and its answer
    never arrives), or the provider's code of an error; `next` does so once each. `asked` holds the path of every
    request, `off` are the seconds by which its clock is ahead of ours."""

    def __init__(self) -> None:
        self.address = ""
        self.asked: list[str] = []
        self.next: deque[str] = deque()
        self.mood = ""
        self.off = 0.0
        self.drops = 0
        self.closing = Event()

    def answer(self, asked: Asked) -> Mapping[str, Any]:
        """To our server. Raises Told."""
        raise NotImplementedError

    def error(self, code: str) -> Mapping[str, Any]:
        raise NotImplementedError

    def visit(self, _asked: Asked) -> tuple[int, Mapping[str, str], bytes] | None:
        """Status, headers and page for a browser; None for what is no page. Raises Told."""
        return None


D = TypeVar("D", bound=Double)


@contextmanager
def listening(double: D, tls: SSLContext | None = None) -> Iterator[D]:
    """The double on a free port of this machine, in threads of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"double": double}))
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    double.address = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield double
    finally:
        double.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    double: Double

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(url.path, dict(parse_qsl(url.query, keep_blank_values=True)), headers, body)
        self.double.asked.append(url.path)
        try:
            if page := self.double.visit(asked):
                self._send(*page)
            else:
                self._act(self.double.next.popleft() if self.double.next else self.double.mood, asked)
        except Told as told:
            self._json(told.answer, told.status)

    do_POST = do_GET  # as http.server has it

    def _act(self, mood: str, asked: Asked) -> None:
        match mood:
            case "":
                self._json(self.double.answer(asked))
            case "silent":
                self.double.closing.wait(40)
            case "lost":
                self.double.answer(asked)
            case "drip":
                self._drip()
            case "cut":
                self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\n{")
            case _ if mood in MOODS:
                status, kind, data = MOODS[mood]
                self._send(status, {"Content-Type": kind}, data)
            case code:
                self._json(self.double.error(code))

    def _drip(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-A: ")
        while self.double.drops < 200 and not self.double.closing.wait(0.05):
            self.wfile.write(b"b")
            self.double.drops += 1

    def _json(self, answer: Mapping[str, Any], status: int = 200) -> None:
        self._send(status, {"Content-Type": "application/json"}, json.dumps(answer).encode())

    def _send(self, status: int, headers: Mapping[str, str], data: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:  # whoever asked has hung up
            return

    def log_message(self, *_args: object) -> None:
        return
