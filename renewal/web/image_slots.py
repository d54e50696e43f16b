"""Pictures take much memory: each worker sends two at a time to the darkroom, the other uploads wait on the disk."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import BoundedSemaphore, Lock
from time import monotonic

from flask import Flask, g, request
from werkzeug.exceptions import ServiceUnavailable

from renewal.web import session

SLOTS = 2  # of each worker, whatever place the darkroom has: what waits there lies in memory
PER_DEVICE = 2  # in work or waiting: whoever sends more takes the threads that others need
TIMEOUT = 60  # seconds; then the person is told to try again
JOURNEY = "wizard"  # the blueprint whose pictures belong to somebody's application

_slots = BoundedSemaphore(SLOTS)
_strangers = BoundedSemaphore(SLOTS - 1)  # so that whoever applies always finds a slot they do not hold

_of_device: Counter[str] = Counter()
_lock = Lock()


def enter() -> None:
    """Wait for a slot and keep it to the end of the request. Raises ServiceUnavailable."""
    if "image_slots" in g:
        return
    held = g.image_slots = ExitStack()
    held.enter_context(_counted(session.device().csrf))
    until = monotonic() + TIMEOUT
    for slot in _needed():
        if not slot.acquire(timeout=max(0, until - monotonic())):
            raise ServiceUnavailable
        held.callback(slot.release)


def init_app(app: Flask) -> None:
    app.teardown_appcontext(_leave)


@contextmanager
def _counted(device: str) -> Iterator[None]:
    """Raises ServiceUnavailable for one picture too many."""
    with _lock:
        if _of_device[device] >= PER_DEVICE:
            raise ServiceUnavailable
        _of_device[device] += 1
    try:
        yield
    finally:
        with _lock:
            _of_device[device] -= 1
            if not _of_device[device]:
                del _of_device[device]


def _needed() -> Iterator[BoundedSemaphore]:
    """A stranger queues among strangers first: it must not hold a slot while it waits there."""
    if request.blueprint != JOURNEY:
        yield _strangers
    yield _slots


def _leave(_error: BaseException | None) -> None:
    g.pop("image_slots", ExitStack()).close()
