from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from peewee import IntegrityError

from renewal.domain.actor import APPLICANT
from renewal.domain.application import MOVES, MoveRefused, Status
from renewal.store import models
from renewal.store.applications import Application, ApplicationChanged
from renewal.store.sealed import Unsealable
from tests.factories import CLERK, NOON, WAYS, at_once, moved, stored
from tests.store.cases import actions, row, submit

LATER = NOON + timedelta(days=2)


def test_an_application_is_found_by_id_number_and_draft(services):
    application = submit(services)
    assert services.applications.find(application.id) == application
    assert services.applications.by_number(application.number) == application
    assert services.applications.of_draft(application.draft_id) == application


def test_what_is_not_there_is_none(services):
    assert services.applications.find(1) is None
    assert services.applications.by_number("") is None
    assert services.applications.by_number("YX20260615000001") is None
    assert services.applications.of_draft("one") is None
    assert services.applications.of_drafts([]) == []


def test_a_browsers_applications_come_newest_first(services):
    first, second, another = submit(services, "a"), submit(services, "b"), submit(services, "c")
    assert services.applications.of_drafts([first.draft_id, second.draft_id]) == [second, first]
    assert services.applications.of_drafts([another.draft_id, "gone"]) == [another]


def test_several_come_each_with_its_own_history(services):
    first, second = submit(services, "a"), submit(services, "b")
    moved(services, first, Status.RETURNED)
    ids = [second.id, first.id, 99]
    assert services.applications.some(ids) == {one: services.applications.get(one) for one in ids[:2]}
    assert services.applications.events_of(ids) == {one: services.applications.events(one) for one in ids}
    assert services.applications.events_of(ids)[99] == []
    assert services.applications.some([]) == {}


# One way to move.


def test_a_move_writes_status_version_deadline_actor_and_event_together(services):
    application = submit(services)
    day = date(2026, 7, 1)
    after = services.applications.transition(application, Status.RETURNED, CLERK, LATER, "照片不清", day)
    assert after == replace(application, status=Status.RETURNED, version=2, deadline=day)
    assert services.applications.find(application.id) == after
    event = services.applications.events(application.id)[-1]
    assert (event.action, event.actor, event.source, event.target) == ("move", CLERK, "submitted", "returned")
    assert (event.version, event.at, event.reason, event.deadline) == (2, LATER, "照片不清", day)
    assert row(services, application).head == event.hash


def test_a_move_is_made_on_the_version_that_was_read(services):
    application = submit(services)
    moved(services, application, Status.ACCEPTED)
    with pytest.raises(ApplicationChanged):
        services.applications.transition(application, Status.WITHDRAWN, APPLICANT, NOON)
    assert services.applications.find(application.id).status is Status.ACCEPTED
    assert actions(services, application) == ["move", "move"]


@pytest.mark.parametrize("status", WAYS)
def test_only_moves_of_the_table_are_made(services, status):
    application = moved(services, submit(services), status)
    for target in set(Status) - MOVES[status]:
        with pytest.raises(MoveRefused):
            services.applications.transition(application, target, CLERK, LATER)
    assert services.applications.find(application.id) == application


def test_of_clerks_who_move_at_once_one_wins(services):
    application = submit(services)
    outcomes = at_once(services, *[lambda: moved(services, application, Status.ACCEPTED)] * 3)
    assert Counter(type(outcome) for outcome in outcomes) == {Application: 1, ApplicationChanged: 2}


@pytest.mark.parametrize("status", WAYS)
def test_the_moment_of_the_decision_is_kept_and_of_nothing_else(services, status):
    decided = row(services, moved(services, submit(services), status)).decided_at
    assert decided == (NOON if status in (Status.APPROVED, Status.DECLINED) else None)


def test_what_is_done_without_a_move_is_logged_and_leaves_the_version(services):
    application = submit(services)
    services.applications.record(application, "selfie_deleted", CLERK, LATER, "已比对")
    assert services.applications.find(application.id) == application
    event = services.applications.events(application.id)[-1]
    assert (event.action, event.version, event.source, event.target) == ("selfie_deleted", 1, "submitted", "submitted")
    assert row(services, application).head == event.hash


def test_nothing_is_logged_on_a_case_that_somebody_moved_since(services):
    application = submit(services)
    moved(services, application, Status.ACCEPTED)
    with pytest.raises(ApplicationChanged):
        services.applications.record(application, "selfie_deleted", CLERK, LATER)
    assert actions(services, application) == ["move", "move"]


# What lies there.


def test_the_answers_of_one_case_do_not_open_in_another(services):
    _first, second = submit(services, "a"), submit(services, "b")
    stolen = stored(services, models.Submission)[0].answers
    mine = models.Submission.application == second.id
    services.database.run(models.Submission.update(answers=stolen).where(mine))
    with pytest.raises(Unsealable):
        services.applications.find(second.id)


@pytest.mark.parametrize("table", [models.Draft, models.Application, models.Submission])
def test_what_belongs_to_a_case_cannot_be_deleted(services, table):
    submit(services)
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        services.database.run(table.delete())
