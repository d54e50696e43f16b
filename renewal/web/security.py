"""Headers, CSRF and how much a request may weigh."""

from flask import Flask, Request, Response, current_app, request
from flask_wtf.csrf import CSRFProtect

FORM_BYTES = 1024 * 1024  # all fields of the longest form, and a signature drawn on the pad
UPLOADS = frozenset({"portal.save_profile", "wizard.take", "wizard.put_picture"})

POLICY = (
    "default-src 'none'; script-src 'self'; style-src '{style}'; img-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def init_app(app: Flask) -> None:
    app.config.update(
        WTF_CSRF_TIME_LIMIT=None,  # the device cookie's own age limits it
        WTF_CSRF_SSL_STRICT=False,  # in-app browsers strip the Referer
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
    )
    app.before_request(_limit_body)
    CSRFProtect(app)
    app.after_request(_set_headers)


def drain(request: Request, at_most: int = 64 * 1024 * 1024) -> None:
    """Read what a refused request still sends, so that the phone hears the refusal, not a cut line."""
    stream = request.environ["wsgi.input"]
    while at_most > 0:
        chunk = stream.read(64 * 1024)
        if not chunk:
            return
        at_most -= len(chunk)


def _limit_body() -> None:
    if request.endpoint not in UPLOADS or request.mimetype != "multipart/form-data":
        request.max_content_length = FORM_BYTES


def _set_headers(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY.format(style=current_app.config["STYLE_HASH"])
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    # Nothing personal stays on the phone: not in its page cache either.
    headers.setdefault("Cache-Control", "no-store")
    return response
