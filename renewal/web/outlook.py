"""What is still to come for a case, and by when: after the submission and in 我的办件."""

from collections.abc import Callable
from datetime import date

from renewal import registration
from renewal.domain.application import Status, ahead
from renewal.domain.calendar import DECIDE_RULE, DECIDE_WITHIN, RETURN_WITHIN
from renewal.domain.dates import show
from renewal.domain.trust import Trust
from renewal.store.applications import Application
from renewal.web.context import context

Outlook = tuple[str, str, str]
"""A move to come: what it is called, until when, and what the applicant can do for it."""

ANSWERED_NEXT = frozenset({Status.SUBMITTED, Status.EMPLOYER_CONFIRMED})
"""The deadline of such a case is that of its acceptance."""


def to_come(application: Application) -> list[Outlook]:
    """The moves that lie ahead when all goes well, in order."""
    confirmed = context().services.policy.employer_confirmation
    return [_OUTLOOKS[status](application) for status in ahead(application.status, confirmed)]


def _handed_in_again(application: Application) -> Outlook:
    until = f"{show(application.deadline)}前" if application.deadline else ""
    return "重新提交", until, "请按退回的原因补正" if application.status is Status.RETURNED else ""


def _confirmed(_application: Application) -> Outlook:
    return "单位确认", "", "请把确认链接发给单位：单位确认后，才进入审查。"


def _accepted(application: Application) -> Outlook:
    day = _answer_day(application)
    waiting = Status.EMPLOYER_CONFIRMED in ahead(application.status, context().services.policy.employer_confirmation)
    until = f"{show(day)}前" if day else f"{'单位确认后' if waiting else ''}{RETURN_WITHIN}个工作日内"
    counter = application.method == "counter" and application.trust < Trust.VERIFIED
    until += "受理，或一次告知需要补正的全部内容"
    return "受理", until, "请带身份证件原件到窗口核验本人，核验后才能受理。" if counter else ""


def _decided(application: Application) -> Outlook:
    validity = _validity(application)
    if application.status is Status.ACCEPTED and application.deadline:
        return "作出决定", f"{show(application.deadline)}前", validity
    day = _answer_day(application)
    return (
        "作出决定",
        DECIDE_RULE + (f"，预计不晚于{show(context().services.calendar.add(day, DECIDE_WITHIN))}" if day else ""),
        validity,
    )


def _validity(application: Application) -> str:
    """Told to nobody but the person."""
    number = application.answers["details"]["id_number"]
    found = registration.registered(context().services, application.trust, number)
    said = registration.validity(found)
    return f"{said}。" if said else ""


def _answer_day(application: Application) -> date | None:
    return application.deadline if application.status in ANSWERED_NEXT else None


_OUTLOOKS: dict[Status, Callable[[Application], Outlook]] = {
    Status.SUBMITTED: _handed_in_again,
    Status.EMPLOYER_CONFIRMED: _confirmed,
    Status.ACCEPTED: _accepted,
    Status.APPROVED: _decided,
}
