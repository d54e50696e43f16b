"""A provider's server on loopback, in a thread of its own, that behaves as badly as it is told to."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

Fields = dict[str, str]


class Told(Exception):
    """An answer that is an error, as the provider documents it."""

    def __init__(self, answer: Mapping[str, Any], status: int = 200) -> None:
        super().__init__(answer)
        self.answer, self.status = answer, status


class Double:
    """`orders` by the number we gave them; `mood` makes it answer badly: silent, drip, html, cut, huge, busy, list.
    `asked` holds the path of every request."""

    address: str

    def __init__(self) -> None:
        self.orders: dict[str, Fields] = {}
        self.asked: list[str] = []
        self.mood = ""
        self.drops = 0
        self.closing = Event()

    def answer(self, path: str, query: Fields, headers: Mapping[str, str], body: bytes) -> Mapping[str, Any]:
        """To our server. Raises Told."""
        raise NotImplementedError

    def page(self, path: str, query: Fields) -> tuple[str, Fields]:
        """To the browser: where its page leads back to, and the order it is about. Raises Told."""
        raise NotImplementedError

    def finish(self, order: Fields, passed: bool) -> str:
        """The person came to the end of the page; where the browser is sent with that."""
        raise NotImplementedError


@contextmanager
def running(double: Double, tls: SSLContext | None = None) -> Iterator[Double]:
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

    def do_POST(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.double.asked.append(url.path)
        try:
            if url.path == "/favicon.ico":
                return self._send(204, "image/x-icon", b"")
            if url.path == "/finish":
                order = self.double.orders[query["order"]]
                return self._redirect(self.double.finish(order, query["passed"] == "yes"))
            if "/page" in url.path or "/web/login" in url.path:
                return self._page(*self.double.page(url.path, query))
            if self.double.mood:
                return self._badly(self.double.mood)
            self._json(self.double.answer(url.path, query, self.headers, body), 200)
        except Told as told:
            self._json(told.answer, told.status)
        return None

    def _json(self, answer: Mapping[str, Any], status: int) -> None:
        self._send(status, "application/json", json.dumps(answer).encode())

    def _page(self, _back: str, order: Fields) -> None:
        """What the provider shows: here the camera is two links."""
        number = quote(order["number"])
        links = "".join(
            f'<p><a id="{passed}" href="/finish?order={number}&passed={passed}">{words}</a></p>'
            for passed, words in (("yes", "刷脸通过"), ("no", "刷脸不通过"))
        )
        self._send(200, "text/html; charset=utf-8", f"<!doctype html><h1>服务商</h1>{links}".encode())

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _badly(self, mood: str) -> None:
        match mood:
            case "silent":
                self.double.closing.wait(40)
            case "drip":
                self.wfile.write(b"HTTP/1.0 200 OK\r\nX-A: ")
                while self.double.drops < 200 and not self.double.closing.wait(0.05):
                    self.wfile.write(b"b")
                    self.double.drops += 1
            case "html":
                self._send(200, "text/html", b"<html>502 Bad Gateway</html>")
            case "list":
                self._send(200, "application/json", b"[]")
            case "cut":
                self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\n{")
            case "huge":
                self._send(200, "application/json", b'{"code": "0", "x": "' + b"x" * 2_000_000 + b'"}')
            case "busy":
                self._send(429, "application/json", b"{}")

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:  # whoever asked has hung up
            return

    def log_message(self, *_words: object) -> None:
        pass
