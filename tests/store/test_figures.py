from datetime import date, timedelta

import pytest

from renewal.domain.actor import APPLICANT
from renewal.domain.application import DECIDED, Status
from renewal.domain.defects import Defect
from tests.factories import CLERK
from tests.queueing import case
from tests.store.cases import submit

TODAY = date(2026, 6, 15)
LATER = TODAY + timedelta(days=3)


def move(services, application, *statuses):
    for status in statuses:
        application = services.applications.transition(application, status, CLERK, services.now())
    return services.applications.get(application.id)


@pytest.fixture
def accepted(services):
    return move(services, submit(services), Status.EMPLOYER_CONFIRMED, Status.ACCEPTED)


def decisions(services, since=TODAY):
    return services.figures.stays({Status.ACCEPTED}, DECIDED, since)


def test_cases_are_counted_by_how_they_stand_now(services):
    for serial, status in enumerate((Status.APPROVED, Status.APPROVED, Status.RETURNED)):
        case(services, serial, status=status)
    case(services, 3, submitted_at=services.now() - timedelta(days=1))
    assert services.figures.statuses(TODAY) == {Status.APPROVED: 2, Status.RETURNED: 1}


def test_a_day_begins_at_midnight_in_china(services, clock):
    clock.go_on(hours=-12, minutes=-1)
    case(services, 0, submitted_at=services.now())
    assert services.figures.statuses(TODAY) == {}
    clock.go_on(minutes=1)
    case(services, 1, submitted_at=services.now())
    assert services.figures.statuses(TODAY) == {Status.SUBMITTED: 1}


def test_a_case_is_handed_in_once_however_often_it_is_corrected(services, clock):
    application = submit(services)
    clock.go_on(days=3)
    move(services, application, Status.RETURNED, Status.SUBMITTED)
    assert services.figures.handed_in(TODAY) == {TODAY: 1}
    assert services.figures.handed_in(LATER) == {}


def test_a_decision_is_counted_from_the_acceptance_on(services, clock, accepted):
    clock.go_on(days=3)
    move(services, accepted, Status.APPROVED)
    assert decisions(services) == decisions(services, LATER) == {(TODAY, LATER): 1}
    assert decisions(services, LATER + timedelta(days=1)) == {}


def test_what_happens_by_night_is_of_the_next_day_in_utc_and_of_its_own_in_china(services, clock, accepted):
    clock.go_on(days=2, hours=13)  # one o'clock at night
    move(services, accepted, Status.DECLINED)
    assert decisions(services) == {(TODAY, LATER): 1}


def test_other_ways_out_are_no_decisions(services, accepted):
    services.applications.transition(accepted, Status.WITHDRAWN, APPLICANT, services.now())
    assert decisions(services) == {}


def test_each_return_is_counted_from_the_arrival_before_it(services, clock):
    application = move(services, submit(services), Status.EMPLOYER_CONFIRMED, Status.RETURNED)
    clock.go_on(days=3)
    application = move(services, application, Status.SUBMITTED, Status.EMPLOYER_CONFIRMED)
    clock.go_on(days=1)
    move(services, application, Status.ACCEPTED)
    answers = services.figures.stays({Status.EMPLOYER_CONFIRMED}, {Status.ACCEPTED, Status.RETURNED}, TODAY)
    assert answers == {(TODAY, TODAY): 1, (LATER, LATER + timedelta(days=1)): 1}


def test_a_move_that_was_taken_back_is_not_counted_and_the_next_one_is(services, clock):
    application = move(services, submit(services), Status.EMPLOYER_CONFIRMED)
    confirmed = services.applications.events(application.id)[-1]
    application = move(services, application, Status.ACCEPTED)
    application = services.applications.undo(application, confirmed, CLERK, services.now(), "撤销")
    answered = {Status.EMPLOYER_CONFIRMED}, {Status.ACCEPTED, Status.RETURNED}, TODAY
    assert services.figures.stays(*answered) == {}
    clock.go_on(days=3)
    move(services, application, Status.RETURNED)
    assert services.figures.stays(*answered) == {(TODAY, LATER): 1}


def test_each_field_is_counted_once_in_a_return(services):
    for serial, fields in enumerate((["school", "portrait"], ["portrait"])):
        application = move(services, case(services, serial), Status.RETURNED)
        services.defects.put(application.id, 0, [Defect(field, "请改正") for field in fields])
    case(services, 2)
    assert services.figures.returned(TODAY) == 2
    assert services.figures.defects(TODAY) == {"portrait": 2, "school": 1}
    assert (services.figures.returned(LATER), services.figures.defects(LATER)) == (0, {})
