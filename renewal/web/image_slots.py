"""Pictures take much memory: two are worked on at a time, the other uploads wait on the disk."""

from collections.abc import Iterator
from threading import BoundedSemaphore
from time import monotonic

from flask import Flask, g, request
from werkzeug.exceptions import ServiceUnavailable

PLACES = 2  # by each worker; what cannot be done without the GIL is done on two cores anyway
PATIENCE = 60  # seconds; then the person is told to try again
JOURNEY = "wizard"  # the blueprint whose pictures belong to somebody's application

_places = BoundedSemaphore(PLACES)
_strangers = BoundedSemaphore(PLACES - 1)  # so that whoever applies always finds a place they do not hold


def enter() -> None:
    """Wait for a place and keep it to the end of the request. Raises ServiceUnavailable."""
    if "image_slots" in g:
        return
    g.image_slots = []
    until = monotonic() + PATIENCE
    for place in _needed():
        if not place.acquire(timeout=max(0, until - monotonic())):
            raise ServiceUnavailable
        g.image_slots.append(place)


def init_app(app: Flask) -> None:
    app.teardown_appcontext(_leave)


def _needed() -> Iterator[BoundedSemaphore]:
    """A stranger queues among strangers first: it must not hold a place while it waits there."""
    if request.blueprint != JOURNEY:
        yield _strangers
    yield _places


def _leave(_error: BaseException | None) -> None:
    for place in g.pop("image_slots", ()):
        place.release()
