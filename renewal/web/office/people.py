"""人员: who works in the office, for administrators."""

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.documents.qr import qr_svg
from renewal.domain.errors import InvalidValue
from renewal.office import accounts, second_factor, sessions
from renewal.office.accounts import Given
from renewal.office.acts import actor
from renewal.store.staff import Member, Role
from renewal.web import htmx, messages
from renewal.web.context import context
from renewal.web.office import guard
from renewal.web.office.labels import ROLES, grouped, member_row, session_row

people = Blueprint("people", __name__, url_prefix="/staff")


@people.get("")
def all_of_them() -> Response:
    return _list()


@people.post("")
def add() -> Response:
    role = request.form.get("role", "")
    try:
        if role not in {each.value for each in Role}:
            raise InvalidValue("请选择角色")
        given = accounts.add(context().services, request.form.get("username", ""), Role(role), actor(guard.member()))
    except InvalidValue as problem:
        messages.add("error", str(problem))
        return _list(422)
    return _given(given)


@people.get("/<int:member_id>")
def one(member_id: int) -> Response:
    member = _found(member_id)
    opened = sessions.open_of(context().services, member)
    return htmx.page(
        "office/member.html",
        who=member_row(member),
        own=member.id == guard.member().id,
        sessions=[session_row(session) for session in opened],
    )


@people.post("/<int:member_id>/reset")
def reset(member_id: int) -> Response:
    given = accounts.reset(context().services, _found(member_id), actor(guard.member()))
    return _given(given)


@people.post("/<int:member_id>/disable")
def disable(member_id: int) -> BaseResponse:
    member = _found(member_id)
    try:
        accounts.disable(context().services, member, actor(guard.member()))
        messages.add("success", f"{member.name}的账号已停用，登录都已退出。")
    except InvalidValue as problem:
        messages.add("error", str(problem))
    return redirect(url_for("office.people.one", member_id=member_id), 303)


@people.post("/<int:member_id>/enable")
def enable(member_id: int) -> BaseResponse:
    member = _found(member_id)
    accounts.enable(context().services, member, actor(guard.member()))
    messages.add("success", f"{member.name}的账号已启用。")
    return redirect(url_for("office.people.one", member_id=member_id), 303)


@people.post("/<int:member_id>/sessions/<handle>/end")
def end_session(member_id: int, handle: str) -> BaseResponse:
    if sessions.end(context().services, _found(member_id), handle, guard.member()):
        messages.add("success", "那里的登录已退出。")
    return redirect(url_for("office.people.one", member_id=member_id), 303)


def _found(member_id: int) -> Member:
    return context().services.staff.find(member_id) or abort(404)


def _list(status: int = 200) -> Response:
    return htmx.page(
        "office/people.html",
        status,
        people=[member_row(member) for member in context().services.staff.list()],
        roles=ROLES.items(),
        typed=request.form,
    )


def _given(given: Given) -> Response:
    """The first password and the second factor, once: to be printed or copied by hand."""
    return htmx.page(
        "office/given.html",
        who=member_row(given.member),
        password=given.password,
        qr=qr_svg(second_factor.address(given.member, context().services.office.issuer)),
        secret=grouped(given.member.totp_secret),
    )
