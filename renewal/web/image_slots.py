"""Pictures take much memory: two are worked on at a time, the other uploads wait on the disk."""

from collections.abc import Iterator
from threading import BoundedSemaphore
from time import monotonic

from flask import Flask, g, request
from werkzeug.exceptions import ServiceUnavailable

SLOTS = 2  # by each worker; what cannot be done without the GIL is done on two cores anyway
TIMEOUT = 60  # seconds; then the person is told to try again
JOURNEY = "wizard"  # the blueprint whose pictures belong to somebody's application

_slots = BoundedSemaphore(SLOTS)
_strangers = BoundedSemaphore(SLOTS - 1)  # so that whoever applies always finds a slot they do not hold


def enter() -> None:
    """Wait for a slot and keep it to the end of the request. Raises ServiceUnavailable."""
    if "image_slots" in g:
        return
    g.image_slots = []
    until = monotonic() + TIMEOUT
    for slot in _needed():
        if not slot.acquire(timeout=max(0, until - monotonic())):
            raise ServiceUnavailable
        g.image_slots.append(slot)


def init_app(app: Flask) -> None:
    app.teardown_appcontext(_leave)


def _needed() -> Iterator[BoundedSemaphore]:
    """A stranger queues among strangers first: it must not hold a slot while it waits there."""
    if request.blueprint != JOURNEY:
        yield _strangers
    yield _slots


def _leave(_error: BaseException | None) -> None:
    for slot in g.pop("image_slots", ()):
        slot.release()
