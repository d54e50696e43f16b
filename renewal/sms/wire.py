"""One POST and its answer in JSON: ten seconds in all, TLS verified, no redirects, no proxy."""

import json
import ssl
from collections.abc import Mapping
from contextlib import closing, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR
from threading import Timer
from typing import Any
from urllib.parse import urlsplit

from renewal.sms.provider import SmsTrouble, Trouble

CONNECT, TOTAL = 3.0, 10.0  # seconds
LARGEST = 64 * 1024  # bytes


def host(endpoint: str) -> str:
    return urlsplit(endpoint).netloc


def post(endpoint: str, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
    """The object that was answered, whatever its status. Raises SmsTrouble."""
    try:
        with closing(_connection(endpoint)) as connection:
            return _object(_exchange(connection, headers, body))
    except (OSError, HTTPException) as silent:
        raise SmsTrouble(Trouble.SILENT, type(silent).__name__) from None


def _connection(endpoint: str) -> HTTPConnection:
    url = urlsplit(endpoint)
    at = (url.hostname or "", url.port)
    if url.scheme == "http":
        return HTTPConnection(*at, timeout=CONNECT)
    return HTTPSConnection(*at, timeout=CONNECT, context=ssl.create_default_context())


def _exchange(connection: HTTPConnection, headers: Mapping[str, str], body: bytes) -> bytes:
    connection.connect()
    connection.sock.settimeout(TOTAL)
    # A socket's own limit begins anew with every byte: whoever sends one a second would never end.
    watch = Timer(TOTAL, _cut, (connection.sock,))
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", "/", body, {**headers, "Connection": "close"})
        return connection.getresponse().read(LARGEST + 1)
    finally:
        watch.cancel()


def _cut(sock: Any) -> None:
    with suppress(OSError):  # closed already
        sock.shutdown(SHUT_RDWR)


def _object(data: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(data) if len(data) <= LARGEST else None
    except ValueError:  # a page in HTML, or cut off
        answer = None
    if not isinstance(answer, dict):
        raise SmsTrouble(Trouble.ODD)
    return answer
