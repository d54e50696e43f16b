"""The two halves of the app: the applicant's, and below /office the staff's. Neither sees the other's cookie."""

from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSessionInterface, SessionInterface, SessionMixin
from itsdangerous import BadSignature

OFFICE = "/office"


def in_office() -> bool:
    return is_office(request.path)


def is_office(path: str) -> bool:
    return path == OFFICE or path.startswith(f"{OFFICE}/")


class SignedCookie(SecureCookieSessionInterface):
    """Flask's, with its signer made once: the secret never changes while the app runs."""

    def __init__(self) -> None:
        self._signer: Any = None

    def get_signing_serializer(self, app: Flask) -> Any:
        self._signer = self._signer or super().get_signing_serializer(app)
        return self._signer

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """As Flask's; a sentence that was kept and shown within one request leaves nothing to tell the phone. What it
        has is read once more for that: to keep a copy would cost every request."""
        if session.modified and session == self.open_session(app, request):
            session.modified = False
        super().save_session(app, session, response)


class OfficeCookie(SignedCookie):
    """The secret id of a session on the server, which alone says how long it lasts, and the forms' CSRF secret:
    that outlives the session, so that a form sent too late is answered by a way to sign in."""

    salt = "office-session"

    def get_cookie_name(self, _app: Flask) -> str:
        return "office"

    def get_cookie_path(self, _app: Flask) -> str:
        return OFFICE

    def get_cookie_samesite(self, _app: Flask) -> str:
        return "Strict"

    def open_session(self, app: Flask, request: Request) -> Any:
        """As Flask's, without an age."""
        serializer = self.get_signing_serializer(app)
        cookie = request.cookies.get(self.get_cookie_name(app))
        try:
            return self.session_class(serializer.loads(cookie)) if serializer and cookie else self.session_class()
        except BadSignature:
            return self.session_class()


class Cookies(SessionInterface):
    """Flask's `session` is the one of the half that is asked."""

    def __init__(self) -> None:
        self._office, self._applicant = OfficeCookie(), SignedCookie()

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:
        return self._of(request).open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        self._of(request).save_session(app, session, response)

    def _of(self, request: Request) -> SecureCookieSessionInterface:
        return self._office if is_office(request.path) else self._applicant


def init_app(app: Flask) -> None:
    app.session_interface = Cookies()
