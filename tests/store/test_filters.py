from datetime import timedelta

import pytest

from renewal.domain.application import Status
from renewal.domain.trust import Trust
from renewal.store.filters import LONG, NOBODY, Due, Filter, Mark
from tests.factories import NOON, person
from tests.queueing import case, numbers, numbers_of
from tests.staffing import staffed


def test_without_a_filter_every_case_is_there(services) -> None:
    cases = [case(services, serial, status=status) for serial, status in enumerate(Status)]
    assert numbers(services, Filter()) == numbers_of(*cases)


def test_several_statuses_are_asked_for_at_once(services) -> None:
    wanted = [case(services, 1, status=Status.ACCEPTED), case(services, 2, status=Status.RETURNED)]
    case(services, 3)
    assert numbers(services, Filter((Status.ACCEPTED, Status.RETURNED))) == numbers_of(*wanted)


@pytest.mark.parametrize(
    ("due", "days"),
    [(Due.TODAY, [0]), (Due.OVERDUE, [-9, -1]), (Due.WEEK, [0, 1, 6])],  # NOON is a Monday
)
def test_deadlines_are_asked_for_by_the_day_in_china(services, due: Due, days: list[int]) -> None:
    cases = {day: case(services, day + 9, due_in=day) for day in (-9, -1, 0, 1, 6, 7)}
    case(services, 30)
    assert numbers(services, Filter(due=due)) == numbers_of(*(cases[day] for day in days))


def test_the_week_ends_on_its_sunday(services, clock) -> None:
    clock.go_on(days=6)
    today, _tomorrow = case(services, 0, due_in=0), case(services, 1, due_in=1)
    assert numbers(services, Filter(due=Due.WEEK)) == numbers_of(today)


def test_what_waits_long_is_without_an_answer_for_two_weeks(services) -> None:
    before = NOON - LONG - timedelta(seconds=1)
    waits = case(services, 1, submitted_at=before)
    again = case(services, 2, submitted_at=before, resubmitted_at=before)
    case(services, 3, submitted_at=before, resubmitted_at=NOON)
    case(services, 4, submitted_at=before, due_in=1)
    case(services, 5, submitted_at=before, status=Status.RETURNED)
    case(services, 6, submitted_at=NOON - LONG)
    assert numbers(services, Filter(due=Due.LONG)) == numbers_of(waits, again)


@pytest.mark.parametrize(
    ("mark", "has", "has_not"),
    [
        (Mark.CONFLICT, {"conflict": True}, {"conflict": False}),
        (Mark.COUNTER, {"method": "counter"}, {"method": "selfie"}),
        (Mark.COUNTER, {"trust": Trust.CAPTURED}, {"trust": Trust.VERIFIED}),
        (Mark.AGAIN, {"submissions": 2}, {"submissions": 1}),
    ],
)
def test_each_mark_is_asked_for(services, mark: Mark, has: dict, has_not: dict) -> None:
    marked, _plain = case(services, 1, **has), case(services, 2, **has_not)
    assert numbers(services, Filter(marks=frozenset({mark}))) == numbers_of(marked)


def test_a_selfie_is_asked_for_until_it_is_deleted(services) -> None:
    waiting, _compared = case(services, 1), case(services, 2)
    services.attachments.put(waiting.draft_id, "selfie", b"face", NOON)
    selfie = Filter(marks=frozenset({Mark.SELFIE}))
    assert numbers(services, selfie) == numbers_of(waiting)
    assert [line.selfie for line in services.queue.sheet(Filter(), 1).lines] == [True, False]
    services.attachments.remove(waiting.draft_id, "selfie")
    assert numbers(services, selfie) == []


def test_a_specialty_counts_in_either_place(services) -> None:
    first, second = case(services, 1, specialty_1="水利水电工程"), case(services, 2, specialty_2="水利水电工程")
    case(services, 3)
    assert numbers(services, Filter(specialty="水利水电工程")) == numbers_of(first, second)


@pytest.mark.parametrize(("part", "found"), [("黄河", 1), ("有限公司", 2), ("%", 0), ("_", 0), ("100%", 0)])
def test_part_of_an_employers_name_is_enough_and_means_itself(services, part: str, found: int) -> None:
    case(services, 1, employer="黄河监理有限公司"), case(services, 2)
    assert len(numbers(services, Filter(employer=part))) == found


def test_cases_are_asked_for_by_who_claimed_them(services) -> None:
    wang, zhao = staffed(services), staffed(services, "赵科员")
    hers, _his, nobodys = case(services, 1, clerk=wang.id), case(services, 2, clerk=zhao.id), case(services, 3)
    assert numbers(services, Filter(clerk=wang.id)) == numbers_of(hers)
    assert numbers(services, Filter(clerk=NOBODY)) == numbers_of(nobodys)
    assert [line.clerk for line in services.queue.sheet(Filter(), 1).lines] == ["王科员", "赵科员", ""]


def test_filters_hold_together(services) -> None:
    both = case(services, 1, status=Status.ACCEPTED, due_in=-1)
    case(services, 2, status=Status.ACCEPTED, due_in=1), case(services, 3, status=Status.RETURNED, due_in=-1)
    assert numbers(services, Filter((Status.ACCEPTED,), Due.OVERDUE)) == numbers_of(both)


@pytest.mark.parametrize("what", ["name", "id_number", "phone", "number", "beginning", "serial"])
def test_a_case_is_found_by(services, what: str) -> None:
    who = person(7, "欧阳春明")
    _other, wanted = case(services, 1), case(services, who=who)
    typed = {
        "name": who.name,
        "id_number": who.id_number,
        "phone": who.phone,
        "number": wanted.number,
        "beginning": wanted.number[:16].lower(),
        "serial": f"{wanted.id:06d}",
    }
    assert numbers(services, Filter(search=services.queue.search(typed[what]))) == numbers_of(wanted)


def test_the_beginning_of_a_number_finds_a_days_cases(services) -> None:
    cases = case(services, 1), case(services, 2)
    assert numbers(services, Filter(search=services.queue.search("YX20260615"))) == numbers_of(*cases)
    assert numbers(services, Filter(search=services.queue.search("YX20260616"))) == []
