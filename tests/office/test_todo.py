from datetime import timedelta

import pytest

from renewal.domain.application import OPEN, Status
from renewal.domain.policy import Policy
from renewal.domain.trust import Trust
from renewal.office import todo
from renewal.office.todo import Todo
from renewal.services import Services
from renewal.store.filters import LONG, Filter
from tests.factories import NOON
from tests.queueing import case
from tests.staffing import staffed

LONG_AGO = NOON - LONG - timedelta(days=1)
EXAMPLES = {
    Todo.DUE_TODAY: {"status": Status.ACCEPTED, "due_in": 0},
    Todo.OVERDUE: {"status": Status.EMPLOYER_CONFIRMED, "due_in": -1},
    Todo.ACCEPT: {"status": Status.EMPLOYER_CONFIRMED},
    Todo.DECIDE: {"status": Status.ACCEPTED},
    Todo.AGAIN: {"status": Status.EMPLOYER_CONFIRMED, "submissions": 2},
    Todo.COUNTER: {"status": Status.EMPLOYER_CONFIRMED, "trust": Trust.CAPTURED},
    Todo.CONFLICTS: {"conflict": True},
    Todo.EMPLOYER: {"status": Status.SUBMITTED},
    Todo.EMPLOYER_LONG: {"status": Status.SUBMITTED, "submitted_at": LONG_AGO},
    Todo.UNCORRECTED: {"status": Status.RETURNED, "due_in": -1},
}
"""What makes a case be counted there."""
QUIET = {"trust": Trust.VERIFIED}


def _counts(services: Services, name: str = "王科员") -> dict[str, int]:
    member = services.staff.by_name(name) or staffed(services, name)
    return services.queue.counts(todo.filters(services, member))


@pytest.mark.parametrize("waiting", EXAMPLES)
def test_what_waits_is_counted(services, waiting: Todo) -> None:
    before = _counts(services)[waiting]
    case(services, 1, **(QUIET | EXAMPLES[waiting]))
    case(services, 2, **(QUIET | EXAMPLES[waiting] | {"status": Status.WITHDRAWN}))
    assert (before, _counts(services)[waiting]) == (0, 1)


def test_a_selfie_waits_until_it_was_compared(services) -> None:
    application = case(services)
    services.attachments.put(application.draft_id, "selfie", b"face", NOON)
    assert _counts(services)[Todo.SELFIES] == 1
    services.attachments.remove(application.draft_id, "selfie")
    assert _counts(services)[Todo.SELFIES] == 0


def test_everybody_counts_the_own_cases(services) -> None:
    wang = staffed(services)
    case(services, 1, status=Status.ACCEPTED, clerk=wang.id), case(services, 2, status=Status.APPROVED, clerk=wang.id)
    assert _counts(services)[Todo.MINE] == 1
    assert _counts(services, "赵科员")[Todo.MINE] == 0


def test_the_applicants_deadline_is_not_the_offices(services) -> None:
    case(services, 1, status=Status.RETURNED, due_in=0), case(services, 2, status=Status.RETURNED, due_in=-1)
    counts = _counts(services)
    assert (counts[Todo.DUE_TODAY], counts[Todo.OVERDUE], counts[Todo.UNCORRECTED]) == (0, 0, 1)


def test_without_the_employers_step_submitted_cases_are_to_be_accepted(services, tmp_path) -> None:
    case(services, 1), case(services, 2, submissions=2)
    each = (services.database, services.sealer, services.now)
    counts = _counts(Services.over(*each, Policy(employer_confirmation=False)))
    assert (counts[Todo.ACCEPT], counts[Todo.AGAIN]) == (2, 1)
    assert Todo.EMPLOYER not in counts
    assert Todo.EMPLOYER_LONG not in counts


CLEAN = {"status": Status.EMPLOYER_CONFIRMED, "trust": Trust.VERIFIED}


@pytest.mark.parametrize(
    ("columns", "move"),
    [
        (CLEAN, Status.ACCEPTED),
        (CLEAN | {"status": Status.ACCEPTED}, Status.APPROVED),
        (CLEAN | {"conflict": True}, None),
        (CLEAN | {"trust": Trust.CAPTURED}, None),
        *((CLEAN | {"status": status}, None) for status in (Status.SUBMITTED, Status.RETURNED, Status.APPROVED)),
    ],
)
def test_only_a_clean_case_moves_together_with_others(services, columns: dict, move: Status | None) -> None:
    case(services, **columns)
    (line,) = services.queue.sheet(Filter(), 1).lines
    assert todo.move_of(services, line) is move


def test_a_case_whose_selfie_waits_is_not_clean(services) -> None:
    application = case(services, **CLEAN)
    services.attachments.put(application.draft_id, "selfie", b"face", NOON)
    (line,) = services.queue.sheet(Filter(), 1).lines
    assert todo.move_of(services, line) is None


def test_in_hand_are_the_open_ones() -> None:
    assert set(todo.IN_HAND) == OPEN
