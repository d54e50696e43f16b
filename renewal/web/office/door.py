"""Signing in and out."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.attempts import TooMany
from renewal.documents.qr import qr_svg
from renewal.office import second_factor, sessions, signing_in
from renewal.office.signing_in import Origin, Refused, Unconfirmed
from renewal.store.staff import Member
from renewal.web import halves, htmx, messages
from renewal.web.address import address
from renewal.web.context import context
from renewal.web.office import guard
from renewal.web.paths import own_path

door = Blueprint("door", __name__)

WRONG = "用户名、密码或验证码不正确。验证码每30秒换一个，用过的不能再用，请等下一个。"
TOO_OFTEN = "登录失败次数太多，请过{minutes}分钟再试。忘了密码的，请管理员重置。"
TOO_LATE = "设置验证器用的时间太长了，请重新输入用户名和密码。"


@door.get("/login")
def login() -> Response:
    return _form()


@door.post("/login")
def sign_in() -> BaseResponse:
    form = request.form
    words = (form.get("username", ""), form.get("password", ""), form.get("code", ""))
    try:
        _, session_id = signing_in.sign_in(context().services, *words, origin())
    except Refused:
        messages.add("error", WRONG)
        return _form(422)
    except TooMany as too_many:
        return _too_often(too_many)
    except Unconfirmed as unconfirmed:
        return _enrolment(unconfirmed.member)
    return enter(session_id)


@door.post("/login/confirm")
def confirm() -> BaseResponse:
    """The first code of an app that was just set up."""
    member = _enrolling()
    if member is None:
        messages.add("warning", TOO_LATE)
        return _form(409)
    try:
        session_id = signing_in.confirm(context().services, member, request.form.get("code", ""), origin())
    except Refused:
        return _enrolment(member, 422)
    except TooMany as too_many:
        return _too_often(too_many)
    return enter(session_id)


@door.post("/logout")
def sign_out() -> BaseResponse:
    sessions.sign_out(context().services, guard.staff_session())
    guard.end()
    messages.add("success", "已退出。")
    return redirect(url_for("office.door.login"), 303)


def origin() -> Origin:
    return Origin(address(), request.user_agent.string)


def enter(session_id: str) -> BaseResponse:
    guard.begin(session_id)
    return redirect(_next(), 303)


def _form(status: int = 200) -> Response:
    return htmx.page("office/login.html", status, username=request.form.get("username", ""), next=_next())


def _enrolment(member: Member, status: int = 200) -> Response:
    """The QR code that an authenticator app scans, and the place for its first code."""
    otpauth = second_factor.address(member, context().issuer)
    return htmx.page(
        "office/enrolment.html",
        status,
        qr=qr_svg(otpauth),
        secret=" ".join(member.totp_secret[at : at + 4] for at in range(0, len(member.totp_secret), 4)),
        token=context().tokens.enrolment(member.id, member.password_hash),
        next=_next(),
        error="验证码不正确，请填写手机上现在显示的6位数字" if status == 422 else "",
    )


def _enrolling() -> Member | None:
    read = context().tokens.read_enrolment(request.form.get("token", ""))
    member = context().services.staff.find(read[0]) if read else None
    return member if member and read and member.password_hash.endswith(read[1]) else None


def _too_often(too_many: TooMany) -> Response:
    messages.add("error", TOO_OFTEN.format(minutes=-(-too_many.seconds // 60)))
    response = _form(429)
    response.headers["Retry-After"] = str(too_many.seconds)
    return response


def _next() -> str:
    """A page of the office's, to go back to."""
    path = own_path(request.values.get("next", ""))
    return path if halves.is_office(path.partition("?")[0]) else url_for("office.desk.today")
