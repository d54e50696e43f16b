from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from peewee import IntegrityError

from renewal.domain.actor import APPLICANT
from renewal.domain.application import Status
from renewal.store import models
from renewal.store.event_log import Act, Event, EventLog, LogBroken
from renewal.store.head import NOTHING_BEFORE, Head
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from tests.factories import CLERK, NOON, at_once, moved, person, stored, submitted

CHINA = timezone(timedelta(hours=8))


@pytest.fixture
def log(services):
    return EventLog(services.database, services.sealer)


@pytest.fixture
def case(services):
    return submitted(services, person(1))


def append(services, log, application, **changes) -> Event:
    event = {"action": "note", "actor": CLERK, "source": Status.SUBMITTED, "target": Status.SUBMITTED, "at": NOON}
    with services.database.transaction():
        return log.append(Event(application.id, application.version, **{**event, **changes}))


def test_an_event_comes_back_as_it_was_appended(services, log, case):
    appended = append(services, log, case, reason="已电话告知", deadline=date(2026, 7, 1))
    assert log.of(case.id)[-1] == appended
    assert (appended.sequence, appended.actor, appended.deadline) == (2, CLERK, date(2026, 7, 1))


def test_the_events_of_all_cases_are_one_chain(services, log):
    for serial in (1, 2, 3):
        moved(services, submitted(services, person(serial)), Status.ACCEPTED)
    rows = log.after(0, 100)
    assert [row["sequence"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row["previous_hash"] for row in rows] == [NOTHING_BEFORE, *(row["hash"] for row in rows[:-1])]
    assert len({row["hash"] for row in rows}) == 6


def test_each_case_tells_its_own_events(services, log, case):
    other = submitted(services, person(2))
    append(services, log, case)
    assert [event.sequence for event in log.of(case.id)] == [1, 3]
    assert [event.sequence for event in log.of(other.id)] == [2]


def test_the_end_stands_beside_the_log(services, log, case):
    assert log.head() == Head(1, log.of(case.id)[0].hash)
    last = append(services, log, case)
    assert log.head() == Head(2, last.hash)
    assert f"{log.head()}" == f"2:{last.hash}"


def test_before_the_first_event_there_is_no_end(log):
    assert log.head() is None


def test_an_event_that_is_undone_leaves_the_end_where_it_was(services, log, case):
    before = log.head()

    def fail() -> None:
        with services.database.transaction():
            append(services, log, case)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert log.head() == before
    assert len(stored(services, models.Event)) == 1


@pytest.mark.parametrize("zone", [UTC, CHINA])
def test_the_hash_is_the_same_by_whatever_clock_it_was_written(services, log, case, zone):
    appended = append(services, log, case, at=datetime(2026, 6, 15, 12, 0, 0, 1, tzinfo=zone))
    assert log.expected_hash(log.after(1, 1)[0]) == appended.hash


def test_two_events_cannot_take_the_same_place(services, log, case):
    append(services, log, case)
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        services.database.run(models.Event.update(sequence=1).where(models.Event.sequence == 2))


@pytest.mark.parametrize("change", [{"hash": "f" * 64}, {"sequence": 0}, {"seal": "f" * 64}], ids=str)
def test_nothing_is_appended_to_an_end_that_was_written_by_hand(services, log, case, change):
    services.database.run(models.ChainHead.update(change))
    with pytest.raises(LogBroken):
        append(services, log, case)
    with pytest.raises(LogBroken):
        log.head()
    assert len(stored(services, models.Event)) == 1


def test_nothing_is_appended_when_the_end_is_gone(services, log, case):
    services.database.run(models.ChainHead.delete())
    with pytest.raises(LogBroken):
        append(services, log, case)


def test_who_has_not_the_key_seals_no_end(services, log, case):
    forger = EventLog(services.database, Sealer(Keys.fresh()))
    with pytest.raises(LogBroken):
        append(services, forger, case)


def test_twenty_people_who_submit_at_once_are_all_in_an_unbroken_chain(services, log):
    outcomes = at_once(services, *[lambda serial=serial: submitted(services, person(serial)) for serial in range(20)])
    assert {outcome.status for outcome in outcomes} == {Status.SUBMITTED}
    rows = log.after(0, 100)
    assert [row["sequence"] for row in rows] == list(range(1, 21))
    assert [row["previous_hash"] for row in rows[1:]] == [row["hash"] for row in rows[:-1]]
    assert all(row["hash"] == log.expected_hash(row) for row in rows)


def test_an_applicant_and_a_clerk_of_that_name_are_told_apart(services, log, case):
    append(services, log, case, actor=CLERK)
    assert [event.actor for event in log.of(case.id)] == [APPLICANT, CLERK]


# acts beside a case


def test_an_act_is_found_by_its_subject(services, log):
    services.log(CLERK, "read_case", "YX1", "核对照片")
    services.log(CLERK, "read_case", "YX2")
    (act,) = log.acts("YX1")
    assert act == Act(CLERK, "read_case", services.now(), "YX1", "核对照片")


def test_acts_and_moves_stand_in_one_chain(services, log):
    services.log(CLERK, "sign_in", "王科员")
    application = submitted(services)
    services.log(CLERK, "read_case", application.number)
    before, moved, after = log.after(0, 9)
    assert [before["subject"], moved["subject"], after["subject"]] == ["王科员", None, application.number]
    assert (moved["previous_hash"], after["previous_hash"]) == (before["hash"], moved["hash"])
    assert len(services.applications.events(application.id)) == 1


@pytest.mark.parametrize("column", ["subject", "reason", "actor", "action"])
def test_the_hash_covers_an_act_to_its_last_column(services, log, column):
    services.log(CLERK, "read_case", "YX1", "核对照片")
    (row,) = log.after(0, 1)
    assert log.expected_hash(row) == row["hash"]
    assert log.expected_hash({**row, column: "other"}) != row["hash"]
    assert log.expected_hash({**row, "subject": None}) != row["hash"]
