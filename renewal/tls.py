"""TLS without a proxy, from a certificate's files: one that was renewed is taken up by itself."""

import logging
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


class Certificate:
    """What gunicorn's `ssl_context` is to be: the same context as long as the files are the same, for phones that come
    again and need not shake hands in full."""

    def __init__(self) -> None:
        self._seen: tuple[int, ...] = ()
        self._context: ssl.SSLContext | None = None

    def context(self, conf: Any, make: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
        """With what the files say now. What cannot be read leaves the old one in use, and is said once; without one it
        is raised (OSError, of which ssl.SSLError is a kind)."""
        try:
            seen = _state(conf)
            if seen != self._seen:
                self._seen = seen
                self._context = make()
        except OSError as unusable:
            if self._context is None:
                raise
            log.error("the certificate cannot be read, the old one stays in use: %s", unusable)
        assert self._context  # noqa: S101  # made, or raised
        return self._context


def _state(conf: Any) -> tuple[int, ...]:
    """Changes with the files: a link that was turned to others, too."""
    states = (Path(file).stat() for file in (conf.certfile, conf.keyfile) if file)
    return tuple(number for state in states for number in (state.st_ino, state.st_mtime_ns, state.st_size))
