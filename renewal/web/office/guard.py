"""Who of the staff is asking, and whether the table of access lets them: asked before every page of the office."""

from typing import Any

from flask import Blueprint, Flask, Response, g, make_response, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response as BaseResponse

from renewal.office import accounts, sessions
from renewal.store.staff import Member
from renewal.store.staff_sessions import Session
from renewal.web import access, htmx, messages
from renewal.web.context import context
from renewal.web.office import menu
from renewal.web.office.typed import typed

IDLE = "您有一段时间没有操作，为保护申请人的信息，已自动退出。请重新登录，会回到刚才的页面。"
FORBIDDEN = "您的角色不能使用这个页面或操作。需要的话，请联系管理员。"
TO_CHANGE_PASSWORD = frozenset({"office.account.password", "office.account.change_password", "office.door.sign_out"})


class SignedIn:
    """What Flask-Login keeps of a session: in the cookie its secret id, for this request whose it is."""

    def __init__(self, session_id: str, session: Session | None = None) -> None:
        self._id, self.session = session_id, session
        self.is_authenticated = self.is_active = True

    def get_id(self) -> str:
        return self._id


def init_app(app: Flask, office: Blueprint) -> None:
    manager = LoginManager()
    manager.session_protection = None  # addresses change on the way, and the session's end is the server's to say
    manager.user_loader(_load)
    manager.init_app(app, add_context_processor=False)
    office.before_request(_guard)
    office.context_processor(_for_every_page)
    office.register_error_handler(CSRFError, lambda _error: _not_taken(400))


def begin(session_id: str) -> None:
    """Whoever holds this secret id of a session is signed in from now on."""
    login_user(SignedIn(session_id))


def end() -> None:
    logout_user()


def staff_session() -> Session:
    """The session that is asking, on a route that needs a role."""
    found: Session = g.staff_session
    return found


def member() -> Member:
    """Who is asking, on a route that needs a role."""
    return staff_session().member


def works() -> bool:
    """Whether who is asking decides cases, and does not only read them."""
    return member().role in access.CASEWORKERS


def _load(session_id: str) -> SignedIn | None:
    found = sessions.current(context().services, session_id)
    return SignedIn(session_id, found) if found else None


def _guard() -> BaseResponse | None:
    roles = access.roles(request.endpoint or "")
    if roles == access.AT_THE_DOOR:
        return None
    if not current_user.is_authenticated:
        return _signed_out()
    g.staff_session = current_user.session
    if member().role not in roles:
        return _page(403, "不能这样操作", FORBIDDEN)
    if accounts.must_change_password(context().services, member()) and request.endpoint not in TO_CHANGE_PASSWORD:
        return redirect(url_for("office.account.password"), 303)
    return None


def _signed_out() -> BaseResponse:
    """A page asked for leads to the door and back; what was typed into a form is shown, to be copied."""
    if "_user_id" in session:
        end()
        messages.add("info", IDLE)
    if request.method not in ("GET", "HEAD"):
        return _not_taken(401)
    if htmx.wants_fragment():  # a part of a page must not become the door
        return make_response("", 401, {"HX-Redirect": url_for("office.door.login")})
    return redirect(url_for("office.door.login", next=request.full_path.removesuffix("?")), 303)


def _not_taken(status: int) -> Response:
    sentence = "登录已失效，这次操作没有执行。请重新登录后再试；下面是刚才填写的内容。"
    return _page(status, "没有保存", sentence, [("登录", url_for("office.door.login"))])


def _page(status: int, heading: str, sentence: str, actions: list[tuple[str, str]] | None = None) -> Response:
    return htmx.page(
        "errors/error.html",
        status,
        heading=heading,
        sentence=sentence,
        actions=actions or menu.HOME,
        typed=typed(),
    )


def _for_every_page() -> dict[str, Any]:
    """Nothing is asked of the database here: a page that tells of its trouble is shown, too."""
    asking: Session | None = g.get("staff_session")
    return {"member": asking.member, "menu": menu.of(asking.member.role)} if asking else {}
