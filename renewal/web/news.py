"""What changed since the person last looked: the browser remembers at which version it showed each case."""

from flask import url_for

from renewal.store.applications import Application
from renewal.web import session
from renewal.web.context import context
from renewal.web.labels import status_label

FIRST = 1
"""The version a case is submitted at: to have submitted it is to have seen it."""


def unseen() -> list[dict[str, str]]:
    """A line for each case of this browser that moved on, the newest first. Once the session has ended nothing is
    said but that there is news: anybody may hold the phone."""
    known, opened = session.device(), session.opened()
    lines = []
    for case in context().services.applications.glimpses([*known.drafts, *opened]):
        if case.version <= known.seen.get(str(case.id), FIRST):
            continue
        if case.draft_id not in opened:
            return [{"text": "您的办件有新进展，核验身份后查看", "url": url_for("cases.mine")}]
        text = f"您的办件有新进展：{status_label(case.status)}"
        lines.append({"text": text, "url": url_for("cases.show", number=case.number)})
    return lines


def saw(application: Application) -> None:
    """Its page is shown now."""
    seen = session.device().seen
    if seen.get(str(application.id), FIRST) < application.version:
        kept = list({**seen, str(application.id): application.version}.items())[-session.KEPT :]
        session.remember(seen=dict(kept))
