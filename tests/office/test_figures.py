"""统计 over cases that really went their way."""

from datetime import date

from renewal.domain.application import Status
from renewal.office import deciding
from renewal.office.figures import report
from tests.casework import accepted, confirmed
from tests.factories import person, returned, submitted
from tests.staffing import staffed

MONDAY = date(2026, 6, 15)


def test_an_empty_office_has_nothing_but_weeks(services):
    found = report(services, 3)
    assert found.weeks == [date(2026, 6, 1), date(2026, 6, 8), MONDAY]
    assert (found.handed_in, found.decided, found.returned) == ([0, 0, 0], [0, 0, 0], 0)
    assert (found.answering.total, found.deciding.median) == (0, None)


def test_what_went_through_the_office_is_told_in_weeks_and_working_days(services, clock):
    clerk = staffed(services)
    application = accepted(services, clerk)
    clock.go_on(days=11)  # the Friday of the next week
    deciding.approve(services, application, application.version, clerk)
    found = report(services, 2)
    assert (found.handed_in, found.decided) == ([1, 0], [0, 1])
    assert (found.answering.counts, found.deciding.counts) == ({0: 1}, {9: 1})
    assert found.statuses == {Status.APPROVED: 1}
    assert found.reached["done"] == 1


def test_what_is_older_than_the_period_is_left_out(services, clock):
    returned(services, confirmed(services), school="请写全称")
    clock.go_on(weeks=2)
    assert report(services, 2).statuses == report(services, 2).defects == {}
    assert report(services, 3).defects == {"school": 1}


def test_a_return_before_the_employer_spoke_is_measured_by_no_deadline(services):
    returned(services, submitted(services, person(2)), school="请写全称")
    found = report(services, 1)
    assert (found.returned, found.answering.total) == (1, 0)
