"""What the pages say of a case: its timeline and what happens next."""

from collections.abc import Mapping, Sequence
from typing import Any

from renewal.domain.actor import ActorKind
from renewal.domain.application import LABELS, Status
from renewal.domain.calendar import DECIDE_RULE, RETURN_RULE
from renewal.domain.clock import day_and_time
from renewal.domain.dates import show
from renewal.domain.defects import Defect
from renewal.domain.window import VALID_YEARS, window_rule
from renewal.forms.correction import LABELS as FIELD_LABELS
from renewal.selfies import SELFIE_DELETED
from renewal.store.applications import Application
from renewal.store.event_log import MOVE, UNDO, Event
from renewal.web.context import context

ITEM_NAME = "监理工程师执业资格认定（延续注册）"
ITEM_CODE = "11100000000013338W1000117040000"


def terms() -> list[str]:
    """When to apply, in this office's days, and how long it takes."""
    policy = context().services.policy
    return [
        window_rule(policy.opens_days, policy.closes_days),
        f"补正：{_return_rule()}",
        f"决定：{DECIDE_RULE}",
        f"结果：准予延续的，有效期延长{VALID_YEARS}年",
    ]


def status_label(status: Status) -> str:
    """Without the employer's confirmation a submitted case waits for the office alone."""
    if status is Status.SUBMITTED and not context().services.policy.employer_confirmation:
        return "已提交，待受理"
    return LABELS[status]


def next_steps(application: Application) -> list[str]:
    steps = ["“提交成功”不等于已经受理，办理进度可在“我的办件”里查看。"]
    if application.method == "counter":
        steps.append("请带身份证件原件到窗口核验本人，核验后才能受理。")
    if context().services.policy.employer_confirmation:
        steps.append("请把确认链接发给聘用单位：单位确认后，才进入审查。")
    return [
        *steps,
        f"材料有问题的，{_return_rule()}需要补正的全部内容；{DECIDE_RULE}决定。",
        "请把回执和续办码保存好，换手机也能查到。",
    ]


WHO = {
    ActorKind.APPLICANT: "申请人",
    ActorKind.EMPLOYER: "单位",
    ActorKind.STAFF: "工作人员",
    ActorKind.SYSTEM: "系统",
}
"""By kind: an applicant is told no clerk's name."""


def timeline(events: list[Event], defects: Mapping[int, Sequence[Defect]]) -> list[dict[str, Any]]:
    """What an applicant is told of a case, the newest first: its moves, each return with its defects, and that the
    selfie is gone or a move taken back."""
    told, position = [], -1
    undone = {event.version for event in events if event.action == UNDO}
    for event in events:
        position += event.target is Status.SUBMITTED and bool(event.evidence)
        if event.action in (MOVE, UNDO, SELFIE_DELETED):
            stands = event.target is Status.RETURNED and event.action == MOVE and event.version + 1 not in undone
            found = defects.get(position, ()) if stands else ()
            said = {"reason": ""} if found else {}  # the log's summary would name each of them twice
            told.append(_told(event) | said | {"defects": told_of(found)})
    return told[::-1]


def told_of(defects: Sequence[Defect]) -> list[dict[str, str]]:
    """Each with its label."""
    return [{"label": FIELD_LABELS[defect.field], "reason": defect.reason} for defect in defects]


def _told(event: Event) -> dict[str, Any]:
    return {
        "at": day_and_time(event.at),
        "who": WHO[event.actor.kind],
        "label": "自拍照已删除" if event.action == SELFIE_DELETED else status_label(event.target),
        "reason": event.reason,
        "deadline": _deadline(event),
    }


DUE = {
    Status.SUBMITTED: "前告知是否需要补正",
    Status.EMPLOYER_CONFIRMED: "前告知是否需要补正",
    Status.ACCEPTED: "前作出决定",
    Status.RETURNED: "前请补正并重新提交",
}


def _deadline(event: Event) -> str:
    """What has to be done until when, by whom."""
    if event.deadline is None:
        return ""
    day = show(event.deadline)
    return day + DUE.get(event.target, "")


def _return_rule() -> str:
    """The office's time begins when it has all it needs."""
    return f"单位确认后{RETURN_RULE}" if context().services.policy.employer_confirmation else RETURN_RULE
