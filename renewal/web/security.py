"""Headers, CSRF and how much a request may weigh."""

import errno
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import IO

from flask import Flask, Response, abort, current_app, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import BadRequest, HTTPException, RequestTimeout, ServiceUnavailable

from renewal.web import assets, htmx

FORM_BYTES = 1024 * 1024  # all fields of the longest form, and a signature drawn on the pad
DRAINED_BYTES = 64 * 1024 * 1024  # of a refused body; more than any page of ours sends
UPLOADS = frozenset(
    {"office.roster.receive", "portal.save_profile", "tool.make", "wizard.take_step", "wizard.take_picture"}
)

BY_LINK = "renewal.web.employer.answer"  # its address is a secret already, and in-app browsers drop cookies

POLICY = (
    "default-src 'none'; script-src 'self'; style-src {style}; img-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
POLICY_OF_PARTS = "default-src 'none'; frame-ancestors 'none'"


def init_app(app: Flask) -> None:
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,  # the device cookie's own age limits it
        WTF_CSRF_SSL_STRICT=False,  # in-app browsers strip the Referer
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
    )
    app.before_request(_wrap_body)
    app.before_request(_refuse_mangled_query)
    app.before_request(_limit_body)
    CSRFProtect(app).exempt(BY_LINK)
    app.after_request(_set_headers)
    app.after_request(_drain_refused_body)


class _Body:
    """A request's body as the server reads it: a connection that fails is no bug of ours."""

    def __init__(self, body: IO[bytes]) -> None:
        self._body = body

    def read(self, size: int = -1) -> bytes:
        """Raises RequestTimeout when nothing comes for too long, BadRequest for what the server cannot read.

        ServiceUnavailable when the server had no room for it.
        """
        try:
            return self._body.read(size)
        except BlockingIOError as silent:
            self._body = BytesIO()  # one wait is enough
            raise RequestTimeout from silent
        except Exception as mangled:  # each server has its own exceptions for chunks gone wrong
            self._body = BytesIO()
            if isinstance(mangled, OSError) and mangled.errno == errno.ENOSPC:
                raise ServiceUnavailable from mangled
            raise BadRequest from mangled


def _wrap_body() -> None:
    request.environ["wsgi.input"] = _Body(request.environ["wsgi.input"])


def _drain_refused_body(response: Response) -> Response:
    """Read what a refused request still sends, so that the phone gets the refusal, not a reset connection."""
    left = DRAINED_BYTES if response.status_code >= 400 else 0
    with suppress(HTTPException):
        while left > 0 and (chunk := request.environ["wsgi.input"].read(64 * 1024)):
            left -= len(chunk)
    return response


def _refuse_mangled_query() -> None:
    """Browsers quote whatever is not ASCII. Werkzeug takes raw bytes for UTF-8, wherever a view first looks."""
    try:
        _ = request.args
    except UnicodeDecodeError:
        abort(400)


def limit(app: Flask, endpoint: str, most: Callable[[], int]) -> None:
    """How much a request to this endpoint may weigh, by who asks: another limit than that of pictures."""
    app.extensions.setdefault("limits", {})[endpoint] = most


def _limit_body() -> None:
    if request.endpoint not in UPLOADS or request.mimetype != "multipart/form-data":
        request.max_content_length = FORM_BYTES
    elif most := current_app.extensions.get("limits", {}).get(request.endpoint):
        request.max_content_length = most()


def _set_headers(response: Response) -> Response:
    headers = response.headers
    headers["X-Content-Type-Options"] = "nosniff"
    # Nothing personal stays on the phone: not in its page cache either.
    headers.setdefault("Cache-Control", "no-store")
    if "Location" in headers:
        _guard_the_way(response)
    elif _is_pixels(response):
        pass  # held to be a picture by nosniff, it can load, run and send nothing
    elif is_part_of_a_page(response):
        headers["Content-Security-Policy"] = POLICY_OF_PARTS
    else:
        headers["Content-Security-Policy"] = POLICY.format(style=assets.style_source())
        headers["Referrer-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    return response


def _guard_the_way(redirect: Response) -> None:
    """A browser shows nothing of it, and only goes by what it says of the Referer; the page it leads to has its own
    policy. Werkzeug's page for who stays there would cost a phone 200 bytes unseen."""
    redirect.headers["Content-Security-Policy"] = POLICY_OF_PARTS
    redirect.headers["Referrer-Policy"] = "same-origin"
    redirect.set_data(b"")
    del redirect.headers["Content-Type"]


def _is_pixels(response: Response) -> bool:
    return response.mimetype in ("image/jpeg", "image/png", "image/webp")


def is_part_of_a_page(response: Response) -> bool:
    """A browser goes by the headers of the page around it. Opened by itself, which no link can do to a fragment, it
    may do nothing at all."""
    return (response.mimetype or "").startswith("image/") or (
        response.mimetype == "text/html" and htmx.wants_fragment()
    )
