"""今日待办: what waits for the office, each as a filter of the queue, so that a number and its list never differ."""

from enum import StrEnum

from renewal.domain.application import OPEN, Status
from renewal.services import Services
from renewal.store.filters import Due, Filter, Mark
from renewal.store.queue import Line
from renewal.store.staff import Member

IN_HAND = tuple(status for status in Status if status in OPEN)
OFFICES = (Status.SUBMITTED, Status.EMPLOYER_CONFIRMED, Status.ACCEPTED)
"""Where a deadline is the office's; that of a returned case is the applicant's."""


class Todo(StrEnum):
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    ACCEPT = "accept"
    DECIDE = "decide"
    AGAIN = "again"
    SELFIES = "selfies"
    COUNTER = "counter"
    CONFLICTS = "conflicts"
    EMPLOYER = "employer"
    EMPLOYER_LONG = "employer_long"
    UNCORRECTED = "uncorrected"
    MINE = "mine"


def filters(services: Services, member: Member) -> dict[str, Filter]:
    """What is counted for whom, by the name of the `Todo`."""
    at_the_office = arrived(services)
    asked = {
        Todo.DUE_TODAY: Filter(OFFICES, Due.TODAY),
        Todo.OVERDUE: Filter(OFFICES, Due.OVERDUE),
        Todo.ACCEPT: Filter(at_the_office),
        Todo.DECIDE: Filter((Status.ACCEPTED,)),
        Todo.AGAIN: Filter(at_the_office, marks=frozenset({Mark.AGAIN})),
        Todo.SELFIES: Filter(IN_HAND, marks=frozenset({Mark.SELFIE})),
        Todo.COUNTER: Filter((Status.SUBMITTED, Status.EMPLOYER_CONFIRMED), marks=frozenset({Mark.COUNTER})),
        Todo.CONFLICTS: Filter(IN_HAND, marks=frozenset({Mark.CONFLICT})),
        Todo.UNCORRECTED: Filter((Status.RETURNED,), Due.OVERDUE),
        Todo.MINE: Filter(IN_HAND, clerk=member.id),
    }
    if services.policy.employer_confirmation:
        asked[Todo.EMPLOYER] = Filter((Status.SUBMITTED,))
        asked[Todo.EMPLOYER_LONG] = Filter((Status.SUBMITTED,), Due.LONG)
    return {todo.value: found for todo, found in asked.items()}


def move_of(services: Services, line: Line) -> Status | None:
    """The move that may be made of this case together with others, unread: it is clean and its turn has come."""
    if line.conflict or line.selfie or line.to_be_verified:
        return None
    if line.status is Status.ACCEPTED:
        return Status.APPROVED
    return Status.ACCEPTED if line.status in arrived(services) else None


def arrived(services: Services) -> tuple[Status, ...]:
    """At the office, and not yet accepted."""
    if services.policy.employer_confirmation:
        return (Status.EMPLOYER_CONFIRMED,)
    return (Status.SUBMITTED, Status.EMPLOYER_CONFIRMED)
