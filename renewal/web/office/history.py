"""How the office's pages tell what happened to a case."""

from typing import Any

from renewal.domain.actor import ActorKind
from renewal.domain.application import LABELS as STATUSES
from renewal.domain.application import Status
from renewal.domain.clock import day_and_time
from renewal.domain.dates import show
from renewal.office.acts import LABELS
from renewal.selfies import SELFIE_DELETED
from renewal.store.event_log import MOVE, UNDO, Event
from renewal.store.intake import CONFLICT

ACTIONS = {**LABELS, CONFLICT: "发现冲突", SELFIE_DELETED: "自拍照已删除"}
KINDS = {ActorKind.EMPLOYER: "单位 "}


def action_label(action: str, target: str) -> str:
    """What was done, of a case by where it led."""
    if action == MOVE:
        return STATUSES[Status(target)]
    if action == UNDO:
        return f"撤销，恢复为“{STATUSES[Status(target)]}”"
    return ACTIONS.get(action, action)


def told(event: Event) -> dict[str, Any]:
    return {
        "at": day_and_time(event.at),
        "who": KINDS.get(event.actor.kind, "") + event.actor.name,
        "label": action_label(event.action, event.target),
        "reason": event.reason,
        "deadline": show(event.deadline) if event.deadline else "",
    }
