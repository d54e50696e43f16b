"""What the pages say of a case: its status, its receipt, its timeline."""

from collections.abc import Mapping, Sequence
from typing import Any

from renewal import registration
from renewal.domain import masks
from renewal.domain.actor import ActorKind
from renewal.domain.application import ITEM_NAME, LABELS, Status
from renewal.domain.calendar import DECIDE_RULE, RETURN_RULE
from renewal.domain.clock import day_and_time
from renewal.domain.defects import Defect
from renewal.domain.trust import Trust
from renewal.domain.window import VALID_YEARS, window_rule
from renewal.forms.correction import LABELS as FIELD_LABELS
from renewal.selfies import SELFIE_DELETED
from renewal.store.applications import Application
from renewal.store.event_log import FACE_VERIFIED, MOVE, UNDO, Event
from renewal.web import session
from renewal.web.context import context


def terms() -> list[str]:
    """When to apply, in this office's days, and how long it takes."""
    policy = context().services.policy
    return [
        window_rule(policy.opens_days, policy.closes_days),
        f"补正：{_return_rule()}",
        f"决定：{DECIDE_RULE}",
        f"结果：准予延续的，有效期延长{VALID_YEARS}年",
    ]


def own_terms() -> list[str]:
    """What applies to whoever is verified in this session, by the roster."""
    services, draft = context().services, session.draft()
    if draft.trust is not Trust.VERIFIED:
        return []
    found = registration.registered(services, draft.trust, draft.answers["verify"]["id_number"])
    said = registration.validity(found)
    return [*([f"您的注册：{said}"] if said else []), *registration.untimely(services, found)]


def status_label(status: Status) -> str:
    """Without the employer's confirmation a submitted case waits for the office alone."""
    if status is Status.SUBMITTED and not context().services.policy.employer_confirmation:
        return "已提交，待受理"
    return LABELS[status]


def receipt_rows(application: Application) -> list[tuple[str, str]]:
    """What a receipt proves: public, so that it holds masks and nothing personal beyond them."""
    return [
        ("事项", ITEM_NAME),
        *masked(application)[:2],
        ("提交时间", day_and_time(application.submitted_at)),
    ]


def masked(application: Application) -> list[tuple[str, str]]:
    details = application.answers["details"]
    return [
        ("姓名", masks.name(details["name"])),
        ("证件号码", masks.id_number(details["id_number"])),
        ("手机号码", masks.phone(details["phone"])),
        ("单位名称", details["employer"]),
        ("申请注册专业", "、".join(filter(None, (details["specialty_1"], details["specialty_2"])))),
    ]


WHO = {
    ActorKind.APPLICANT: "申请人",
    ActorKind.EMPLOYER: "单位",
    ActorKind.STAFF: "工作人员",
    ActorKind.SYSTEM: "系统",
}
"""By kind: an applicant is told no clerk's name."""
TOLD = {SELFIE_DELETED: "自拍照已删除", FACE_VERIFIED: "人脸核身通过"}
"""Beside the moves."""


def timeline(events: list[Event], defects: Mapping[int, Sequence[Defect]]) -> list[dict[str, Any]]:
    """What an applicant is told of a case, in order: its moves, each return with its defects, what is `TOLD`, and
    that a move was taken back."""
    told, position = [], -1
    undone = {event.version for event in events if event.action == UNDO}
    for event in events:
        position += event.target is Status.SUBMITTED and bool(event.evidence)
        if event.action in (MOVE, UNDO, *TOLD):
            stands = event.target is Status.RETURNED and event.action == MOVE and event.version + 1 not in undone
            found = defects.get(position, ()) if stands else ()
            said = {"reason": ""} if found else {}  # the log's summary would name each of them twice
            told.append(_told(event) | said | {"defects": told_of(found)})
    return told


def told_of(defects: Sequence[Defect]) -> list[dict[str, str]]:
    """Each with its label."""
    return [{"label": FIELD_LABELS[defect.field], "reason": defect.reason} for defect in defects]


def _told(event: Event) -> dict[str, Any]:
    return {
        "at": day_and_time(event.at),
        "who": WHO[event.actor.kind],
        "label": TOLD.get(event.action) or status_label(event.target),
        "reason": event.reason,
    }


def _return_rule() -> str:
    """The office's time begins when it has all it needs."""
    return f"单位确认后{RETURN_RULE}" if context().services.policy.employer_confirmation else RETURN_RULE
