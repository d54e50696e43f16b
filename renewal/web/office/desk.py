"""今日待办: what waits for the office today."""

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from renewal import duties
from renewal.domain.clock import day_and_time
from renewal.office import todo, watching
from renewal.office.upkeep import BACK_UP_WITHIN, GIGABYTE, upkeep
from renewal.web import display as displays
from renewal.web import htmx
from renewal.web.context import context
from renewal.web.halves import OFFICE
from renewal.web.office import case_labels, guard, roster_labels

desk = Blueprint("desk", __name__)


@desk.get("/")
def today() -> Response:
    services = context().services
    asked = todo.filters(services, guard.member())
    counts = services.queue.counts(asked)
    return htmx.page(
        "office/today.html",
        groups=case_labels.groups(asked, counts) | roster_labels.todo(services),
        nothing=not any(counts.values()),
        calendar_notice=services.calendar_notice,
        troubles=[
            (one.label, one.failures, day_and_time(one.retry_at), one.words) for one in duties.troubles(services)
        ],
        failed_texts=services.sent_messages.count_failed(),
        texts=services.sms is not None,
        face_notice=watching.face_notice(services),
        **_upkeep(),
    )


@desk.post("/display")
def display() -> BaseResponse:
    return displays.switch(request.form, f"{OFFICE}/")


def _upkeep() -> dict[str, Any]:
    found = upkeep(context().data, context().services.now())
    return {
        "backup": found.last_backup and day_and_time(found.last_backup),
        "backup_due": found.backup_due,
        "backup_days": BACK_UP_WITHIN.days,
        "free": f"{found.free / GIGABYTE:.1f}",
        "full": found.full,
    }
