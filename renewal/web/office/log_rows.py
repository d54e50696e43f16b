"""A row of the log, as its page and its export tell it."""

import re
from typing import Any

from renewal.domain.actor import ActorKind
from renewal.domain.clock import CHINA, day_and_time
from renewal.office.acts import label
from renewal.store.log_search import Entry

CASE = re.compile(r"YX[0-9]+")  # names of staff are in small letters
KINDS = {
    ActorKind.APPLICANT: "申请人",
    ActorKind.EMPLOYER: "单位",
    ActorKind.STAFF: "工作人员",
    ActorKind.SYSTEM: "系统",
}
HEADINGS = ("序号", "时间", "身份", "操作人", "事项", "办件或对象", "说明", "校验值")
IN_THE_CASE = "理由见办件"
"""An employer writes what it likes, names and numbers, too: that is read where reading it is logged."""


def shown(entry: Entry) -> dict[str, Any]:
    return {
        "sequence": entry.sequence,
        "at": day_and_time(entry.at),
        "kind": KINDS[entry.actor.kind],
        "who": entry.actor.name,
        "what": label(entry.action, entry.target),
        "subject": entry.subject,
        "is_case": bool(CASE.fullmatch(entry.subject)),
        "reason": _reason(entry),
    }


def exported(entry: Entry) -> list[object]:
    """In the order of the headings."""
    row = shown(entry)
    at = f"{entry.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
    return [entry.sequence, at, *(row[name] for name in ("kind", "who", "what", "subject", "reason")), entry.hash]


def last_checked(entry: Entry | None) -> str:
    return f"{day_and_time(entry.at)} {entry.actor.name}：{entry.reason}" if entry else ""


def _reason(entry: Entry) -> str:
    return IN_THE_CASE if entry.reason and entry.actor.kind is ActorKind.EMPLOYER else entry.reason
