"""Signing in and out."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.attempts import TooMany
from renewal.documents.qr import qr_svg
from renewal.domain.errors import InvalidValue
from renewal.office import second_factor, sessions, setting_up, signing_in
from renewal.office.setting_up import NoLongerValid
from renewal.office.signing_in import Origin, Refused, Unconfirmed
from renewal.store.staff import Member
from renewal.web import halves, htmx, messages
from renewal.web.address import address
from renewal.web.context import context
from renewal.web.office import guard
from renewal.web.office.labels import grouped, too_often
from renewal.web.paths import own_path

door = Blueprint("door", __name__)

WRONG = "用户名、密码或验证码不正确。验证码每30秒换一个，用过的不能再用，请等下一个。"
TOO_LATE = "设置验证器用的时间太长了，请重新输入用户名和密码。"


@door.get("/login")
def login() -> Response:
    return _form()


@door.post("/login")
def sign_in() -> BaseResponse:
    form = request.form
    words = (form.get("username", ""), form.get("password", ""), form.get("code", ""))
    try:
        member, session_id = signing_in.sign_in(context().services, *words, _origin())
    except Refused:
        messages.add("error", WRONG)
        return _form(422)
    except TooMany as too_many:
        return too_often(too_many, _form)
    except Unconfirmed as unconfirmed:
        return _enrolment(unconfirmed.member)
    return _enter(member, session_id)


@door.post("/login/confirm")
def confirm() -> BaseResponse:
    """The first code of an app that was just set up."""
    member = _enrolling()
    if member is None:
        messages.add("warning", TOO_LATE)
        return _form(409)
    try:
        session_id = signing_in.confirm(context().services, member, request.form.get("code", ""), _origin())
    except Refused:
        return _enrolment(member, 422)
    except TooMany as too_many:
        return too_often(too_many, _form)
    return _enter(member, session_id)


@door.post("/logout")
def sign_out() -> BaseResponse:
    sessions.sign_out(context().services, guard.staff_session())
    guard.end()
    messages.add("success", "已退出。")
    return redirect(url_for("office.door.login"), 303)


@door.get("/setup/<token>")
def setup(token: str) -> Response:
    """The link that the first start prints: whoever has it becomes the administrator."""
    setting_up.check(context().services, token)
    return htmx.page("office/setup.html")


@door.post("/setup/<token>")
def set_up(token: str) -> Response:
    form = request.form
    typed = (form.get("username", ""), form.get("password", ""), form.get("again", ""))
    try:
        return _enrolment(setting_up.set_up(context().services, token, *typed))
    except InvalidValue as problem:
        messages.add("error", str(problem))
        return htmx.page("office/setup.html", 422, username=typed[0])


@door.errorhandler(NoLongerValid)
def _no_longer_valid(_error: NoLongerValid) -> Response:
    sentence = "管理员已经设置好，或者链接不完整。请直接登录；忘了密码的，请在服务器上运行 flask staff reset。"
    actions = [("登录", url_for("office.door.login"))]
    return htmx.page("errors/error.html", 410, heading="这个链接已经失效", sentence=sentence, actions=actions)


def _origin() -> Origin:
    return Origin(address(), request.user_agent.string)


def _enter(member: Member, session_id: str) -> BaseResponse:
    """To the page that was asked for; the first time, past the own password and the recovery codes."""
    guard.begin(session_id)
    if member.first_password_at:
        return redirect(url_for("office.account.password"), 303)
    return redirect(_next() if member.recovery else url_for("office.account.codes"), 303)


def _form(status: int = 200) -> Response:
    return htmx.page("office/login.html", status, username=request.form.get("username", ""), next=_next())


def _enrolment(member: Member, status: int = 200) -> Response:
    """The QR code that an authenticator app scans, and the place for its first code."""
    otpauth = second_factor.address(member, context().services.office.issuer)
    return htmx.page(
        "office/enrolment.html",
        status,
        qr=qr_svg(otpauth),
        secret=grouped(member.totp_secret),
        token=context().tokens.enrolment(member.id, member.password_hash),
        next=_next(),
        error="验证码不正确，请填写手机上现在显示的6位数字" if status == 422 else "",
    )


def _enrolling() -> Member | None:
    read = context().tokens.read_enrolment(request.form.get("token", ""))
    member = context().services.staff.find(read[0]) if read else None
    return member if member and read and member.password_hash.endswith(read[1]) else None


def _next() -> str:
    """A page of the office's, to go back to."""
    path = own_path(request.values.get("next", ""))
    return path if halves.is_office(path.partition("?")[0]) else url_for("office.desk.today")
