from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from peewee import IntegrityError

from renewal.domain.application import OPEN, Status
from renewal.domain.trust import Trust
from renewal.store import models
from renewal.store.applications import AlreadyOpen, Application, ApplicationChanged, Applications
from renewal.store.drafts import Draft, new_id
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer, Unsealable
from tests.factories import NOON, at_once, stored

DAY = date(2026, 6, 15)
CHINA = timezone(timedelta(hours=8))


def drafted(services, id_index: str = "me") -> Draft:
    draft = Draft(new_id(), trust=Trust.CAPTURED, id_index=id_index, answers={"details": {"name": "李春明"}})
    return services.drafts.put(draft, NOON)


def submit(services, id_index: str = "me") -> Application:
    return services.applications.submit(drafted(services, id_index), "counter", NOON, DAY)


def test_a_submitted_draft_is_an_application_with_its_answers(services):
    draft = drafted(services)
    application = services.applications.submit(draft, "selfie", NOON, DAY)
    assert application == Application(
        application.id, "YX20260615000001", draft.id, Status.SUBMITTED, 0, "selfie", draft.answers, NOON
    )


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


def test_numbers_are_unlike_each_other_and_tell_the_day(services):
    numbers = [submit(services, f"{serial}").number for serial in range(12)]
    assert numbers == [f"YX20260615{serial:06d}" for serial in range(1, 13)]


def test_one_application_is_open_per_id_number(services):
    first = submit(services)
    with pytest.raises(AlreadyOpen):
        submit(services)
    assert len(stored(services, models.Application)) == 1
    assert services.applications.find(first.id) == first


def test_another_persons_application_does_not_stand_in_the_way(services):
    submit(services, "me")
    assert submit(services, "you").status is Status.SUBMITTED


def test_of_browsers_that_submit_the_same_person_at_once_one_wins(services):
    drafts = [drafted(services) for _ in range(4)]

    def try_to(draft: Draft) -> Application:
        with services.database.transaction():
            return services.applications.submit(draft, "counter", NOON, DAY)

    outcomes = at_once(services, *[lambda draft=draft: try_to(draft) for draft in drafts])
    assert Counter(type(outcome) for outcome in outcomes) == {Application: 1, AlreadyOpen: 3}
    assert len(stored(services, models.Application)) == 1


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DRAFT])
def test_the_id_number_is_free_as_soon_as_the_case_is_closed(services, status):
    services.applications.set_status(submit(services), status)
    if status in OPEN:
        with pytest.raises(AlreadyOpen):
            submit(services)
    else:
        assert submit(services).status is Status.SUBMITTED


def test_a_status_is_set_on_the_version_that_was_read(services):
    application = submit(services)
    services.applications.set_status(application, Status.ACCEPTED)
    with pytest.raises(ApplicationChanged):
        services.applications.set_status(application, Status.WITHDRAWN)
    moved = services.applications.find(application.id)
    assert (moved.status, moved.version) == (Status.ACCEPTED, 1)


def test_the_answers_of_one_case_do_not_open_in_another(services):
    _first, second = submit(services, "a"), submit(services, "b")
    stolen = stored(services, models.Application)[0].answers
    services.database.run(models.Application.update(answers=stolen).where(models.Application.id == second.id))
    with pytest.raises(Unsealable):
        services.applications.find(second.id)


def test_a_draft_of_an_application_cannot_be_deleted(services):
    submit(services)
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        services.database.run(models.Draft.delete())


# The log.


@pytest.fixture
def logged(services):
    """An application with four moves in its log."""
    application = submit(services)
    record = services.applications.record
    record(application.id, NOON, "申请人", Status.DRAFT, Status.SUBMITTED)
    record(application.id, NOON + timedelta(hours=1), "王科员", Status.SUBMITTED, Status.RETURNED, "照片不清", DAY)
    record(application.id, NOON + timedelta(hours=2), "申请人", Status.RETURNED, Status.SUBMITTED)
    record(application.id, NOON + timedelta(hours=3), "王科员", Status.SUBMITTED, Status.ACCEPTED)
    return application


def intact(services, application: Application) -> bool:
    """Whether every row hashes to what it says and names the hash of the row before."""
    events = services.applications.events(application.id)
    before = ["0" * 64, *(event.hash for event in events)]
    return all(
        event.previous_hash == previous and event.hash == services.applications.expected_hash(application.id, event)
        for event, previous in zip(events, before, strict=False)
    )


def test_the_log_tells_every_move_in_order(services, logged):
    events = services.applications.events(logged.id)
    assert [(event.actor, event.source, event.target) for event in events] == [
        ("申请人", "draft", "submitted"),
        ("王科员", "submitted", "returned"),
        ("申请人", "returned", "submitted"),
        ("王科员", "submitted", "accepted"),
    ]
    assert (events[1].reason, events[1].deadline) == ("照片不清", "2026-06-15")
    assert (events[0].reason, events[0].deadline, events[0].at) == ("", None, NOON)


def test_an_untouched_log_is_intact(services, logged):
    assert intact(services, logged)
    assert len({event.hash for event in services.applications.events(logged.id)}) == 4


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOON},
        {"actor": "某人"},
        {"source": "draft"},
        {"target": "approved"},
        {"reason": ""},
        {"deadline": None},
        {"deadline": "2027-01-01"},
        {"previous_hash": "0" * 64},
        {"hash": "f" * 64},
    ],
    ids=lambda change: "-".join(change),
)
def test_a_changed_row_shows(services, logged, change):
    services.database.run(models.Event.update(change).where(models.Event.position == 1))
    assert not intact(services, logged)


def test_a_row_forged_together_with_its_hash_shows_in_the_next(services, logged):
    forged = replace(services.applications.events(logged.id)[1], reason="")
    forged_hash = services.applications.expected_hash(logged.id, forged)
    services.database.run(models.Event.update(reason="", hash=forged_hash).where(models.Event.position == 1))
    services.database.run(models.Event.update(previous_hash=forged_hash).where(models.Event.position == 2))
    assert not intact(services, logged)


def test_who_has_not_the_key_cannot_make_a_forged_log_fit(services, logged):
    forger = Applications(services.database, Sealer(Keys.fresh()))
    before = "0" * 64
    for position, event in enumerate(services.applications.events(logged.id)):
        forged = replace(event, reason="", previous_hash=before)
        before = forger.expected_hash(logged.id, forged)
        changes = {"reason": "", "previous_hash": forged.previous_hash, "hash": before}
        services.database.run(models.Event.update(changes).where(models.Event.position == position))
    assert not intact(services, logged)
    assert intact(replace(services, applications=forger), logged)


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_removed_row_shows(services, logged, position):
    services.database.run(models.Event.delete().where(models.Event.position == position))
    assert not intact(services, logged)


def test_rows_in_another_order_show(services, logged):
    for old, new in ((1, 9), (2, 1), (9, 2)):
        services.database.run(models.Event.update(position=new).where(models.Event.position == old))
    assert not intact(services, logged)


def test_a_row_moved_to_another_case_shows(services, logged):
    other = submit(services, "you")
    services.database.run(models.Event.update(application=other.id))
    assert not intact(services, other)


def test_two_moves_cannot_take_the_same_place_in_the_log(services, logged):
    with pytest.raises(IntegrityError, match="UNIQUE"):
        services.database.run(models.Event.update(position=0).where(models.Event.position == 1))


def test_each_case_has_a_log_of_its_own(services, logged):
    other = submit(services, "you")
    services.applications.record(other.id, NOON, "申请人", Status.DRAFT, Status.SUBMITTED)
    assert [event.previous_hash for event in services.applications.events(other.id)] == ["0" * 64]
    assert intact(services, logged)


@pytest.mark.parametrize("zone", [UTC, CHINA])
def test_the_log_is_intact_by_whatever_clock_it_was_written(services, zone):
    application = submit(services)
    moment = datetime(2026, 6, 15, 12, 0, 0, 1, tzinfo=zone)
    services.applications.record(application.id, moment, "申请人", Status.DRAFT, Status.SUBMITTED)
    assert intact(services, application)


def test_a_log_keeps_its_application(services, logged):
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        services.database.run(models.Application.delete())


def test_a_withdrawn_case_and_its_log_stay(services, logged):
    services.applications.set_status(logged, Status.WITHDRAWN)
    kept = services.applications.find(logged.id)
    assert kept == replace(logged, status=Status.WITHDRAWN, version=1)
    assert len(services.applications.events(logged.id)) == 4
