"""Each request has a name, in the log, in the answer and on the page that tells of an error: by it the office finds
the lines of what an applicant met."""

import logging
import re
import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, has_request_context, request
from flask.logging import default_handler

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

KEY = "renewal.request_id"
HEADER = "X-Request-ID"
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
"""What a proxy may call a request: nothing that a log or a page would take for something else."""


class RequestIds:
    """Names the request, unless a proxy that is believed has, and says it where somebody may ask for it."""

    def __init__(self, app: "WSGIApplication") -> None:
        self.app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        name = environ.setdefault(KEY, _fresh())

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            if status[0] == "2" and (_is_beside_a_page(environ) or _is_picture(headers)):
                return start_response(status, headers, *error)
            return start_response(status, [*headers, (HEADER, name)], *error)

        return self.app(environ, start)


def init_app(app: Flask) -> None:
    # Flask's own way to wrap an app; mypy takes the attribute for the method it replaces.
    app.wsgi_app = RequestIds(app.wsgi_app)  # type: ignore[method-assign]
    default_handler.addFilter(_name)


def believe(environ: "WSGIEnvironment") -> None:
    """Take the name that a proxy gave."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    if GIVEN.fullmatch(given):
        environ[KEY] = given


def current() -> str:
    name: str = request.environ[KEY]
    return name


def _is_beside_a_page(environ: "WSGIEnvironment") -> bool:
    """A script, or what HTMX puts into a page: over a slow line a good one goes without a name nobody asks for."""
    return "HTTP_HX_REQUEST" in environ or environ["PATH_INFO"].startswith("/static/")


def _is_picture(headers: list[tuple[str, str]]) -> bool:
    return any(name == "Content-Type" and value.startswith("image/") for name, value in headers)


def _fresh() -> str:
    """Digits, for it is told by telephone: `48291-93756`."""
    digits = f"{secrets.randbelow(10**10):010d}"
    return f"{digits[:5]}-{digits[5:]}"


def _name(record: logging.LogRecord) -> bool:
    """Keep the line, and say during which request it was written."""
    if has_request_context() and KEY in request.environ:
        record.request = current()
    return True
