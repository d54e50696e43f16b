"""What the pages say of a case: its status, its receipt, its timeline."""

from typing import Any

from renewal.domain import masks
from renewal.domain.application import LABELS, Status
from renewal.domain.calendar import DECIDE_RULE, RETURN_RULE
from renewal.domain.clock import day_and_time
from renewal.domain.window import VALID_YEARS, window_rule
from renewal.journey.submission import SELFIE_DELETED
from renewal.store.applications import Application
from renewal.store.event_log import MOVE, Event
from renewal.web.context import context

ITEM_NAME = "监理工程师执业资格认定（延续注册）"
ITEM_CODE = "11100000000013338W1000117040000"


def terms() -> list[str]:
    """When to apply, in this office's days, and how long it takes."""
    policy = context().services.policy
    return [
        window_rule(policy.opens_days, policy.closes_days),
        f"补正：{RETURN_RULE}",
        f"决定：{DECIDE_RULE}",
        f"结果：准予延续的，有效期延长{VALID_YEARS}年",
    ]


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


def timeline(events: list[Event]) -> list[dict[str, Any]]:
    """What an applicant is told of a case, in order: its moves, and that the selfie is gone."""
    return [
        {
            "at": day_and_time(event.at),
            "label": "自拍照已删除" if event.action == SELFIE_DELETED else status_label(event.target),
            "reason": event.reason,
        }
        for event in events
        if event.action in (MOVE, SELFIE_DELETED)
    ]
