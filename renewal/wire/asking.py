"""One question to a provider's server and its answer in JSON: strict in time and size, TLS verified, no redirects,
no proxy that the office did not name."""

import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR
from threading import BoundedSemaphore, Timer
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from renewal.wire.trouble import ProviderTrouble, Trouble

CONNECT, TOTAL = 3.0, 10.0  # seconds
LARGEST = 1024 * 1024  # bytes; an answer without pictures is a few hundred
AT_ONCE = 16
"""A provider that is silent must not hold more of a worker's threads."""


@dataclass(slots=True)
class Deadline:
    """Ten seconds for all the questions that one person's tap asks."""

    until: float = field(default_factory=lambda: monotonic() + TOTAL)

    def left(self) -> float:
        """Raises ProviderTrouble when nothing is left."""
        left = self.until - monotonic()
        if left <= 0:
            raise ProviderTrouble(Trouble.SILENT)
        return left


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks the server at `endpoint`, through `proxy` (host:port) if there is one."""

    endpoint: str
    proxy: str = ""
    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE), repr=False)

    @property
    def host(self) -> str:
        return urlsplit(self.endpoint).netloc

    def ask(
        self,
        deadline: Deadline,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """The JSON object that is answered, whatever its status. Raises ProviderTrouble."""
        if not self._places.acquire(blocking=False):
            raise ProviderTrouble(Trouble.BUSY)
        try:
            status, data = self._exchange(deadline, method, path, body, headers or {})
        except (OSError, HTTPException) as silent:
            raise ProviderTrouble(Trouble.SILENT, type(silent).__name__) from None
        finally:
            self._places.release()
        deadline.left()  # what was cut off in time looks like an answer that ended early
        if status == 429:
            raise ProviderTrouble(Trouble.LIMIT, "429")
        return _object(data)

    def _exchange(
        self, deadline: Deadline, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, bytes]:
        connection = self._connection(min(CONNECT, deadline.left()))
        with _ended_in_time(connection, deadline):
            connection.request(method, path, body or None, {**headers, "Connection": "close"})
            response = connection.getresponse()
            return response.status, response.read(LARGEST + 1)

    def _connection(self, timeout: float) -> HTTPConnection:
        url = urlsplit(self.endpoint)
        host, _, port = self.proxy.rpartition(":") if self.proxy else (url.hostname or "", "", str(url.port or ""))
        at = (host, int(port) if port else None)
        connection = (
            HTTPConnection(*at, timeout=timeout)
            if url.scheme == "http"
            else HTTPSConnection(*at, timeout=timeout, context=ssl.create_default_context())
        )
        if self.proxy:
            connection.set_tunnel(url.hostname or "", url.port or 443)
        return connection


@contextmanager
def _ended_in_time(connection: HTTPConnection, deadline: Deadline) -> Iterator[None]:
    """A socket's own time limit begins anew with every byte: who sends one a second would never end, a proxy too."""
    watch = Timer(deadline.left(), _cut, (connection,))
    watch.daemon = True
    watch.start()
    try:
        connection.connect()
        connection.sock.settimeout(deadline.left())
        yield
    finally:
        watch.cancel()
        connection.close()


def _cut(connection: HTTPConnection) -> None:
    with suppress(AttributeError, OSError):  # there is none yet, whose own limit holds, or it is closed already
        connection.sock.shutdown(SHUT_RDWR)


def _object(data: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(data) if len(data) <= LARGEST else None
    except ValueError:  # a page in HTML, or cut off
        answer = None
    if not isinstance(answer, dict):
        raise ProviderTrouble(Trouble.ODD)
    return answer
