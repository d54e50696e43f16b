from datetime import date

from renewal.domain.calendar import WEEKENDS, WorkingCalendar
from renewal.domain.decided import Decided, holidays_of
from renewal.domain.defects import REASONS
from renewal.domain.notice import CLAUSES, Clause

FIRST, NEXT = date(2026, 10, 1), date(2027, 1, 1)


def test_an_office_that_decided_nothing_has_the_shipped_words_and_weekends() -> None:
    nothing = Decided()
    assert nothing.clauses == CLAUSES
    assert nothing.reasons == REASONS
    assert nothing.calendar == WEEKENDS


def test_a_calendar_comes_back_from_its_years() -> None:
    calendar = WorkingCalendar(frozenset({FIRST, NEXT}), frozenset({date(2026, 10, 10)}), frozenset({(5, 1)}))
    known = WorkingCalendar(calendar.holidays, calendar.make_up_days, calendar.every_year, frozenset({2026, 2027}))
    assert Decided(holidays=holidays_of(known), every_year=known.every_year).calendar == known
    assert Decided(holidays=holidays_of(known)).calendar.every_year == frozenset()


def test_clauses_of_the_office_come_last() -> None:
    added = Clause("office_1", "带好原件", "")
    assert Decided(notice={**Decided().notice, "more": (added,)}).clauses == (*CLAUSES, added)
