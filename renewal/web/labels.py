"""What the pages say of a case: its timeline and what happens next."""

from typing import Any

from renewal.domain.application import LABELS, Status
from renewal.domain.clock import day_and_time
from renewal.store.applications import Application, Event
from renewal.web.context import context

ITEM_NAME = "监理工程师执业资格认定（延续注册）"
ITEM_CODE = "11100000000013338W1000117040000"


def window() -> str:
    """When to apply, in this office's days (注册监理工程师管理规定)."""
    opens, closes = context().services.policy.opens_days, context().services.policy.closes_days
    return f"注册有效期届满前{opens}日起可以申请，最迟在届满{closes}日前提出；过期的只能申请初始注册"


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
        steps.append("请告知聘用单位：需要单位确认后，才进入审查。")
    return [
        *steps,
        "材料有问题的，5个工作日内一次告知需要补正的全部内容；受理后10个工作日内作出决定。",
        "请把回执和续办码保存好，换手机也能查到。",
    ]


def timeline(events: list[Event]) -> list[dict[str, Any]]:
    """The moves of a case, the newest first."""
    return [
        {
            "at": day_and_time(event.at),
            "label": "自拍照已删除" if event.source == event.target else status_label(Status(event.target)),
            "reason": event.reason,
            "deadline": event.deadline,
        }
        for event in reversed(events)
    ]
