"""Which level of trust every route needs (product.md, “levels of trust”). A test walks the whole table."""

from collections.abc import Mapping
from typing import Any

from renewal.domain.trust import Trust
from renewal.journey.steps import BY_NAME
from renewal.web import session

STEP = "the step's own"
NEEDS: dict[str, Trust | str] = {
    "portal.home": Trust.STRANGER,
    "portal.profile": Trust.STRANGER,
    "portal.save_profile": Trust.STRANGER,
    "portal.avatar": Trust.STRANGER,
    "portal.display": Trust.STRANGER,
    "portal.services": Trust.STRANGER,
    "portal.item": Trust.STRANGER,
    "portal.alive": Trust.STRANGER,
    "portal.ready": Trust.STRANGER,
    "cases.mine": Trust.STRANGER,
    "cases.go_on_with": Trust.STRANGER,  # any draft that the session has opened
    "cases.resume": Trust.STRANGER,
    "cases.go_on": Trust.STRANGER,
    "cases.receipt": Trust.STRANGER,
    "cases.show": Trust.CAPTURED,
    "cases.withdraw": Trust.CAPTURED,
    "cases.correct": Trust.CAPTURED,
    "tool.show": Trust.STRANGER,
    "tool.make": Trust.STRANGER,
    "wizard.show": STEP,
    "wizard.take_step": STEP,
    "wizard.autosave": Trust.CAPTURED,
    "wizard.picture": Trust.CAPTURED,
    "wizard.take_picture": Trust.CAPTURED,
    "wizard.done": Trust.CAPTURED,
}


def needed(endpoint: str, arguments: Mapping[str, Any]) -> Trust:
    """KeyError for a route nobody entered above: nobody is let in."""
    need = NEEDS[endpoint]
    if isinstance(need, Trust):
        return need
    step = BY_NAME.get(arguments["name"])
    return step.needs if step else Trust.STRANGER


def allows(endpoint: str, arguments: Mapping[str, Any]) -> bool:
    """Whether whoever asks may see this route. Every guard asks here. KeyError like `needed`."""
    need = needed(endpoint, arguments)
    return need <= Trust.STRANGER or session.draft().trust >= need
