"""A browser of the tests in front of a server that really runs, wherever its process is."""

from collections.abc import Iterable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from werkzeug.test import Client
from werkzeug.wrappers import Request

OF_ONE_HOP = ("connection", "transfer-encoding")


def client(address: str) -> Client:
    """What `Browser` needs of a client: cookies are kept, and each request goes to the server at `address`."""
    server = urlsplit(address).netloc

    def forward(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = Request(environ)
        connection = HTTPConnection(server, timeout=30)
        connection.request(asked.method, asked.full_path.rstrip("?"), asked.get_data(), dict(asked.headers))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in OF_ONE_HOP]
        start_response(f"{answer.status} {answer.reason}", headers)
        return [body]

    return Client(forward)
