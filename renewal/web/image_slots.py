"""Pictures take much memory: two are worked on at a time, the other uploads wait on the disk."""

from threading import BoundedSemaphore

from flask import Flask, g
from werkzeug.exceptions import ServiceUnavailable

PLACES = 2  # by each worker; what cannot be done without the GIL is done on two cores anyway
PATIENCE = 60  # seconds; then the person is told to try again

_places = BoundedSemaphore(PLACES)


def enter() -> None:
    """Wait for a place and keep it to the end of the request. Raises ServiceUnavailable."""
    if "holds_image_slot" not in g:
        if not _places.acquire(timeout=PATIENCE):
            raise ServiceUnavailable
        g.holds_image_slot = True


def init_app(app: Flask) -> None:
    app.teardown_appcontext(_leave)


def _leave(_error: BaseException | None) -> None:
    if g.pop("holds_image_slot", False):
        _places.release()
