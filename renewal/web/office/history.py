"""How the office's pages tell what happened to a case."""

from typing import Any

from renewal.domain.actor import ActorKind
from renewal.domain.clock import day_and_time
from renewal.domain.dates import show
from renewal.office.acts import label
from renewal.store.event_log import Event

KINDS = {ActorKind.EMPLOYER: "单位 "}


def told(event: Event) -> dict[str, Any]:
    return {
        "at": day_and_time(event.at),
        "who": KINDS.get(event.actor.kind, "") + event.actor.name,
        "label": label(event.action, event.target),
        "reason": event.reason,
        "deadline": show(event.deadline) if event.deadline else "",
    }
