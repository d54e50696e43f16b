"""我的个人信息: what is kept of the person at this browser, to take along or to delete."""

from typing import Any

from flask import Blueprint, Response, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.documents.own_data import TITLE
from renewal.domain.clock import day_and_time
from renewal.domain.dates import show as show_day
from renewal.journey import own_copy
from renewal.journey import own_data as verbs
from renewal.journey.own_data import Gone, Held, held
from renewal.store.staff import Role
from renewal.web import htmx, leading, messages, pdf, session
from renewal.web.context import context
from renewal.web.labels import status_label

own_data = Blueprint("own_data", __name__, url_prefix="/my-data")

DELETE = "delete_own_data"
"""What the token of its form says."""
CHANGED = "这里的内容刚刚有变化，还没有删除。请看过以后再删除。"
DONE = "已删除：草稿{drafts}份，办件{cases}件，以及头像、昵称和这台设备的记录。"
STAYS = "还有{kept}件现在不能删除，原因见下面。"
ROLES = {Role.CLERK: "经办人", Role.ADMINISTRATOR: "管理员", Role.AUDITOR: "审计员", None: "工作人员"}
"""As applicants are told of those who read: never by name."""
YEAR = 365


@own_data.get("")
def show() -> Response:
    services, current, mine = context().services, session.draft(), _mine()
    policy, opened = services.policy, set(session.opened())
    page = htmx.page(
        "portal/my_data.html",
        items=[_item(one) for one in mine],
        others=bool(opened - {one.draft.id for one in mine}) and bool(mine),
        locked=bool(set(session.device().drafts) - opened) and not mine,
        company=services.face and services.face.company,
        anything=bool(mine or session.device().nickname),
        deletable=bool(session.device().nickname) or any(one.keep is None for one in mine),
        days={name: _long(getattr(policy, f"keep_{name}_days")) for name in ("drafts", "avatars", "decided")},
        token=context().tokens.step(current.id, DELETE, current.version),
    )
    return htmx.push_url(url_for("own_data.show"), page)


@own_data.get("/copy.json")
def as_json() -> Response:
    text = own_copy.as_json(context().services, _mine(), _profile())
    return pdf.download(text.encode(), TITLE, "", "json")


@own_data.get("/copy.pdf")
def as_pdf() -> Response:
    made = own_copy.as_pdf(context().services, _mine(), _profile(), context().services.office.name)
    return pdf.download(made, TITLE, "")


@own_data.post("/delete")
def delete() -> BaseResponse:
    """Of the person whose page it was: two tabs may show two."""
    token, current = session.token(), session.draft()
    if token is None or (token.step, token.draft, token.version) != (DELETE, current.id, current.version):
        messages.add("warning", CHANGED)
        return leading.go(url_for("own_data.show"))
    mine = _mine()
    gone = verbs.delete(context().services, mine, session.device().avatar_id)
    left = context().services.applications.of_drafts([one.draft.id for one in mine])
    session.forget({one.draft.id for one in mine} - {case.draft_id for case in left})
    messages.add("success", _said(gone))
    return leading.go(url_for("own_data.show"))


def _mine() -> list[Held]:
    return held(context().services, session.opened(), session.draft())


def _profile() -> dict[str, str]:
    known = session.device()
    return {"昵称": known.nickname, "头像": "自己的照片" if known.avatar_id else known.avatar and "系统自带的图"}


def _item(one: Held) -> dict[str, Any]:
    case = one.case
    if case is None:
        return {
            "heading": "尚未提交的申报",
            "state": "",
            "saved": one.draft.saved_at and day_and_time(one.draft.saved_at),
        }
    seen = verbs.readings(context().services, case.number)
    return {
        "heading": case.number,
        "url": url_for("cases.show", number=case.number),
        "state": status_label(case.status),
        "saved": day_and_time(case.resubmitted_at or case.submitted_at),
        "keep": one.keep.value if one.keep else "",
        "until": show_day(one.until.date()) if one.until else "",
        "seen": [(day_and_time(at), ROLES[role]) for at, role in seen],
    }


def _said(gone: Gone) -> str:
    said = DONE.format(drafts=gone.drafts, cases=gone.cases)
    return said + STAYS.format(kept=gone.kept) if gone.kept else said


def _long(days: int) -> str:
    return f"{days // YEAR}年" if days % YEAR == 0 else f"{days}天"
