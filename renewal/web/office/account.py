"""我的账号: the own password, recovery codes, and where one is signed in."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.attempts import TooMany
from renewal.domain.errors import InvalidValue
from renewal.office import accounts, sessions
from renewal.web import htmx, messages
from renewal.web.context import context
from renewal.web.office import guard
from renewal.web.office.labels import ROLES, session_row, too_often

account = Blueprint("account", __name__, url_prefix="/account")


@account.get("")
def show() -> Response:
    mine = guard.staff_session()
    opened = sessions.open_of(context().services, mine.member)
    return htmx.page(
        "office/account.html",
        role=ROLES[mine.member.role],
        codes_left=len(mine.member.recovery),
        sessions=[session_row(session) | {"here": session.handle == mine.handle} for session in opened],
    )


@account.get("/password")
def password() -> Response:
    return _password_page()


@account.post("/password")
def change_password() -> BaseResponse:
    form = request.form
    typed = (form.get("current", ""), form.get("password", ""), form.get("again", ""))
    try:
        accounts.change_password(context().services, guard.staff_session(), *typed)
    except InvalidValue as problem:
        messages.add("error", str(problem))
        return _password_page(422)
    except TooMany as too_many:
        return too_often(too_many, _password_page)
    messages.add("success", "密码已修改，在别处的登录都已退出。")
    return redirect(url_for("office.account.show" if guard.member().recovery else "office.account.codes"), 303)


@account.get("/codes")
def codes() -> Response:
    return htmx.page("office/codes.html", codes=[], left=len(guard.member().recovery))


@account.post("/codes")
def make_codes() -> Response:
    """Shown in the answer itself, and nowhere again."""
    made = accounts.new_recovery_codes(context().services, guard.member())
    return htmx.page("office/codes.html", codes=made, left=len(made))


@account.post("/sessions/<handle>/end")
def end_session(handle: str) -> BaseResponse:
    if sessions.end(context().services, guard.member(), handle, guard.member()):
        messages.add("success", "那里的登录已退出。")
    return redirect(url_for("office.account.show"), 303)


def _password_page(status: int = 200) -> Response:
    member = guard.member()
    first = member.first_password_at is not None
    later = url_for("office.desk.today" if member.recovery else "office.account.codes")
    must = accounts.must_change_password(context().services, member)
    return htmx.page("office/password.html", status, first=first, later="" if must else later)
