from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain.calendar import DECIDE_RULE, DECIDE_WITHIN, RETURN_RULE, RETURN_WITHIN, WEEKENDS, WorkingCalendar
from tests.domain.strategies import SLOW_MACHINE, days

FRIDAY = date(2026, 6, 12)
SATURDAY, SUNDAY, MONDAY = (FRIDAY + timedelta(days=ahead) for ahead in (1, 2, 3))

_near = st.dates(date(2026, 1, 1), date(2026, 3, 31))
calendars = st.builds(WorkingCalendar, st.frozensets(_near, max_size=20), st.frozensets(_near, max_size=8))
near_days = st.dates(date(2025, 12, 1), date(2026, 4, 30))


def test_weekends_are_free() -> None:
    assert WEEKENDS.is_working(FRIDAY)
    assert not WEEKENDS.is_working(SATURDAY)
    assert not WEEKENDS.is_working(SUNDAY)
    assert WEEKENDS.is_working(MONDAY)


def test_a_holiday_is_free_and_a_make_up_day_is_worked() -> None:
    calendar = WorkingCalendar(holidays=frozenset({FRIDAY}), make_up_days=frozenset({SUNDAY}))
    assert not calendar.is_working(FRIDAY)
    assert calendar.is_working(SUNDAY)
    assert not calendar.is_working(SATURDAY)


@pytest.mark.parametrize(
    ("start", "n", "deadline"),
    [
        (FRIDAY, 0, FRIDAY),
        (FRIDAY, 1, MONDAY),
        (SATURDAY, 1, MONDAY),
        (MONDAY, 4, date(2026, 6, 19)),
        (MONDAY, RETURN_WITHIN, date(2026, 6, 22)),
        (MONDAY, DECIDE_WITHIN, date(2026, 6, 29)),
    ],
)
def test_the_day_itself_does_not_count(start: date, n: int, deadline: date) -> None:
    assert WEEKENDS.add(start, n) == deadline


def test_a_deadline_moves_over_a_holiday() -> None:
    national_days = frozenset(date(2026, 10, day) for day in range(1, 8))
    calendar = WorkingCalendar(national_days, make_up_days=frozenset({date(2026, 10, 10)}))
    assert calendar.add(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert calendar.add(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_the_law_gives_five_days_to_return_and_ten_to_decide() -> None:
    assert (RETURN_WITHIN, DECIDE_WITHIN) == (5, 10)


@given(calendars, near_days, st.integers(1, 30))
@settings(**SLOW_MACHINE)
def test_a_deadline_is_a_working_day_after_exactly_n(calendar: WorkingCalendar, start: date, n: int) -> None:
    deadline = calendar.add(start, n)
    between = [start + timedelta(days=ahead) for ahead in range(1, (deadline - start).days + 1)]
    assert calendar.is_working(deadline)
    assert sum(map(calendar.is_working, between)) == n


@given(calendars, near_days, st.integers(0, 30))
@settings(**SLOW_MACHINE)
def test_between_a_day_and_its_deadline_as_many_working_days_pass(
    calendar: WorkingCalendar, start: date, n: int
) -> None:
    deadline = calendar.add(start, n)
    passed = calendar.passed(start, deadline + timedelta(days=1))
    assert passed[deadline] - passed[start] == n
    assert passed[start] - passed[start] == 0


@given(calendars, near_days, st.integers(0, 30))
@settings(**SLOW_MACHINE)
def test_later_starts_and_more_days_never_end_earlier(calendar: WorkingCalendar, start: date, n: int) -> None:
    assert calendar.add(start, n) < calendar.add(start, n + 1)
    assert calendar.add(start, n) <= calendar.add(start + timedelta(days=1), n)


@given(calendars, near_days, st.integers(0, 15), st.integers(0, 15))
@settings(**SLOW_MACHINE)
def test_days_may_be_added_in_two_parts(calendar: WorkingCalendar, start: date, first: int, then: int) -> None:
    assert calendar.add(calendar.add(start, first), then) == calendar.add(start, first + then)


@given(days)
@settings(**SLOW_MACHINE)
def test_a_plain_week_has_five_working_days(day: date) -> None:
    assert WEEKENDS.add(WEEKENDS.add(day, 1), 5) == WEEKENDS.add(day, 1) + timedelta(days=7)


def test_what_applicants_read_are_the_days_that_are_counted() -> None:
    assert RETURN_RULE == "5个工作日内一次告知"
    assert DECIDE_RULE == "受理后10个工作日内作出"


def test_a_day_free_every_year_is_free_in_each() -> None:
    calendar = WorkingCalendar(every_year=frozenset({(10, 1)}))
    assert not any(calendar.is_working(date(year, 10, 1)) for year in range(2024, 2034))
    assert calendar.is_working(date(2026, 10, 2))


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2026, 6, 15), "2026年"),
        (date(2026, 11, 30), "2026年"),
        (date(2026, 12, 1), "2026年、2027年"),
        (date(2025, 11, 30), None),
        (date(2025, 12, 1), "2026年"),
    ],
    ids=str,
)
def test_a_year_without_its_announcement_is_asked_for_and_the_next_one_in_december(today: date, years: str) -> None:
    said = WorkingCalendar(years=frozenset({2025})).notice(today)
    assert said is None if years is None else said and f"还没有{years}的放假安排" in said
