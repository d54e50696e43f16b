"""How large a roster may be that is sent: larger than any picture, but from administrators only."""

from http.cookies import CookieError, SimpleCookie

from flask import Flask, current_app
from flask_login import current_user
from itsdangerous import BadSignature

from renewal.web import access
from renewal.web.halves import OFFICE, OfficeCookie
from renewal.web.security import FORM_BYTES, limit

ENDPOINT = "office.roster.receive"
REQUEST = f"POST {OFFICE}/roster ".encode()
FORM = 64 * 1024
"""Bytes of the form around the file."""


def init_app(app: Flask) -> None:
    limit(app, ENDPOINT, _most)
    app.extensions["largest_body"] = lambda head: largest(app, head)


def _most() -> int:
    """Of whoever is signed in: asked before anything of the form is read."""
    if current_user.is_authenticated and current_user.session.member.role in access.ADMINISTRATORS:
        return int(current_app.config["ROSTER_BYTES"]) + FORM
    return FORM_BYTES


def largest(app: Flask, head: bytes) -> int:
    """Bytes of a body that the server keeps, by a request's head alone, before a thread has it. Only who was signed
    in to the office holds a cookie with our signature; whether that is an administrator's session the app asks."""
    if head.startswith(REQUEST) and _signed_in(app, head):
        return int(app.config["ROSTER_BYTES"]) + FORM
    return int(app.config["MAX_CONTENT_LENGTH"])


def _signed_in(app: Flask, head: bytes) -> bool:
    lines = (line.partition(b":") for line in head.split(b"\r\n")[1:])
    sent = next((value for name, _, value in lines if name.strip().lower() == b"cookie"), b"")
    cookies, office = SimpleCookie(), OfficeCookie()
    signer = office.get_signing_serializer(app)
    if signer is None:
        return False
    try:
        cookies.load(sent.decode("latin-1"))
        return "_user_id" in signer.loads(cookies[office.get_cookie_name(app)].value)
    except (BadSignature, CookieError, KeyError, TypeError):
        return False
