"""The process in which the pictures of a server are worked on: `apart.py` starts it, and says why.

`python -m renewal.images.darkroom JOBS IDLE`: an open socket that is inherited, and seconds.
"""

import ctypes
import os
import socket
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from select import select
from threading import Timer
from typing import Any

from renewal import capacity, logs
from renewal.images import cutting, ink, review, sitter  # noqa: F401  # loaded before the first picture comes
from renewal.images.avatar import make_avatar
from renewal.images.errors import ImageRejected
from renewal.images.models import ModelsMissing
from renewal.images.portrait import cut_again, first_portrait, make_portrait
from renewal.images.selfie import examine_selfie
from renewal.images.signature import make_signature

DOORS = {
    door.__name__: door
    for door in (first_portrait, cut_again, make_portrait, examine_selfie, make_signature, make_avatar)
}
LONGEST_WORK = 20  # seconds: the largest picture that is taken needs five on a slow machine
PLACES = capacity.workers(capacity.cores(), capacity.memory())  # one for each core, as far as memory goes


def main(jobs: socket.socket, idle: float) -> None:
    """Until the server ends or nothing comes for `idle` seconds; what was begun is done first."""
    with ThreadPoolExecutor(PLACES) as places:
        while select([jobs], [], [], idle)[0]:
            begun, connections, *_ = socket.recv_fds(jobs, 1, 1)
            if not begun:
                return
            places.submit(_serve, Connection(connections[0])).add_done_callback(_give_back)


def _give_back(_done: Future[None]) -> None:
    """What malloc keeps of pictures that are done with."""
    with suppress(AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


def _serve(line: Connection) -> None:
    with line, suppress(EOFError, OSError):  # who asked has gone
        line.send("your turn")
        name, args, kwargs = line.recv()
        watch = Timer(LONGEST_WORK, os._exit, (1,))
        watch.start()
        outcome = _outcome(name, args, kwargs)
        watch.cancel()
        line.send(outcome)


def _outcome(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Exception | None, str]:
    """Result, error in words, trace of a bug: an error of OpenCV's own would make the worker import it."""
    try:
        return DOORS[name](*args, **kwargs), None, ""
    except (ImageRejected, ModelsMissing) as error:
        return None, error, ""
    except Exception as bug:
        return None, None, logs.trace(bug)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])), float(sys.argv[2]))
