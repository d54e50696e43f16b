"""Which level of trust every route needs (product.md, “levels of trust”). A test walks the whole table."""

from typing import Any

from flask import Flask, request
from werkzeug.wrappers import Response

from renewal.domain.trust import Trust
from renewal.steps import BY_NAME
from renewal.web import session, session_expired

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
    "cases.resume": Trust.STRANGER,
    "cases.go_on": Trust.STRANGER,
    "cases.receipt": Trust.STRANGER,
    "cases.show": Trust.CAPTURED,
    "cases.withdraw": Trust.CAPTURED,
    "tool.show": Trust.STRANGER,
    "tool.make": Trust.STRANGER,
    "wizard.show": STEP,
    "wizard.take": STEP,
    "wizard.autosave": Trust.CAPTURED,
    "wizard.picture": Trust.CAPTURED,
    "wizard.put_picture": Trust.CAPTURED,
    "wizard.done": Trust.CAPTURED,
}


def needed(endpoint: str, arguments: dict[str, Any]) -> Trust:
    """KeyError for a route nobody entered above: it stays shut."""
    need = NEEDS[endpoint]
    if isinstance(need, Trust):
        return need
    step = BY_NAME.get(arguments["name"])
    return step.needs if step else Trust.STRANGER


def init_app(app: Flask) -> None:
    app.before_request(_guard)


def _guard() -> Response | None:
    if request.endpoint is None or needed(request.endpoint, request.view_args or {}) <= Trust.STRANGER:
        return None
    if session.draft().trust >= needed(request.endpoint, request.view_args or {}):
        return None
    return session_expired.answer()
