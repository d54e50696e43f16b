from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from peewee import IntegrityError

from renewal.domain.actor import SYSTEM
from renewal.domain.application import OPEN, MoveRefused, Status
from renewal.domain.trust import Trust
from renewal.store import models
from renewal.store.applications import AlreadyOpen, Application
from renewal.store.drafts import Draft
from tests.engines import about_sqlites_file
from tests.factories import NOON, WAYS, at_once, moved, person, stored
from tests.store.cases import ANSWERS, PICTURES, actions, drafted, row, submit

LATER = NOON + timedelta(days=2)


def test_a_submitted_draft_is_an_application_with_its_answers(services):
    draft = drafted(services)
    application = services.intake.submit(draft, PICTURES, NOON)
    assert application == Application(
        id=application.id,
        number="YX20260615000001",
        draft_id=draft.id,
        status=Status.SUBMITTED,
        version=1,
        method="counter",
        answers=ANSWERS,
        submissions=1,
        submitted_at=NOON,
        resubmitted_at=None,
        deadline=None,
        conflict=False,
        trust=draft.trust,
        clerk=None,
    )
    assert services.applications.find(application.id) == application


def test_until_when_the_office_answers_is_kept_with_the_case_and_its_event(services):
    day = date(2026, 6, 26)
    application = services.intake.submit(drafted(services), {}, NOON, day)
    (event,) = services.applications.events(application.id)
    assert application.deadline == event.deadline == services.applications.get(application.id).deadline == day


def test_answers_and_pictures_are_frozen_with_it(services):
    application = submit(services)
    (frozen,) = services.submissions.of(application.id)
    assert (frozen.position, frozen.answers, frozen.submitted_at) == (0, ANSWERS, NOON)
    assert services.submissions.pictures(application.id, 0) == PICTURES


def test_what_an_office_filters_and_sorts_by_stands_in_columns(services):
    found = row(services, submit(services))
    who = person()
    assert (found.name_mask, found.id_mask) == ("李*明", f"3701{'*' * 10}{who.id_number[-4:]}")
    assert (found.employer, found.specialty_1, found.specialty_2) == (
        who.details["employer"],
        who.details["specialty_1"],
        who.details["specialty_2"],
    )
    assert found.name_index == services.sealer.index("name", who.name)
    assert found.phone_index == services.sealer.index("phone", who.phone)
    assert (found.trust, found.method, found.submitted_at, found.deadline) == (2, "counter", NOON, None)
    assert (found.decided_at, found.clerk_id, found.resubmitted_at) == (None, None, None)


@about_sqlites_file
def test_a_queue_of_one_status_by_deadline_reads_an_index(services):
    connection = services.database.connection()
    for condition in ("status = 'accepted' AND deadline < '2026-07-01'", "employer = '甲'", "name_index = 'a'"):
        (plan,) = connection.execute(f"EXPLAIN QUERY PLAN SELECT id FROM application WHERE {condition}")
        assert "USING" in plan[3]
        assert "INDEX" in plan[3]


def test_numbers_are_unlike_each_other_and_tell_the_day(services):
    numbers = [submit(services, f"{serial}").number for serial in range(12)]
    assert numbers == [f"YX20260615{serial:06d}" for serial in range(1, 13)]


# One owner, one open case per ID number; and nobody stands in another's way.


def test_an_owners_second_try_is_led_to_the_first(services):
    first = submit(services)
    with pytest.raises(AlreadyOpen) as refused:
        submit(services)
    assert refused.value.application == first
    assert stored(services, models.Application)[0].id == first.id
    assert len(stored(services, models.Application)) == 1


def test_of_one_owners_tabs_that_submit_at_once_one_wins(services):
    drafts = [drafted(services) for _ in range(4)]
    acts = [lambda draft=draft: services.intake.submit(draft, PICTURES, NOON) for draft in drafts]
    outcomes = at_once(services, *acts)
    assert Counter(type(outcome) for outcome in outcomes) == {Application: 1, AlreadyOpen: 3}
    assert len(stored(services, models.Application)) == 1


def test_the_database_itself_keeps_an_owner_to_one_open_case(services):
    first, second = submit(services, "me"), submit(services, "you")
    taken = row(services, first).open_index
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        services.database.run(models.Application.update(open_index=taken).where(models.Application.id == second.id))


def test_somebody_elses_case_of_the_number_does_not_stand_in_the_way(services):
    first, second = submit(services, "me", "a thief's phone"), submit(services, "me", "my phone")
    assert second.status is Status.SUBMITTED
    assert first.number != second.number


@pytest.mark.parametrize("trust", [Trust.CAPTURED, Trust.VERIFIED])
def test_another_name_with_the_number_is_another_owner_on_the_same_phone(services, trust):
    submit(services, "me", "our phone", "张三")
    assert submit(services, "me", "our phone", "李春明", trust=trust).conflict
    with pytest.raises(AlreadyOpen):
        submit(services, "me", "our phone", "张三")


def test_both_are_marked_for_a_clerk_with_an_event_of_their_own(services):
    first, second = submit(services, "me", "one"), submit(services, "me", "other")
    assert not first.conflict
    assert second.conflict
    assert services.applications.find(second.id) == second
    assert services.applications.find(first.id) == replace(first, conflict=True)
    for application in (first, second):
        event = services.applications.events(application.id)[-1]
        assert (event.action, event.actor, event.source, event.target) == ("conflict", SYSTEM, "submitted", "submitted")


def test_a_third_one_is_marked_and_the_others_are_not_told_twice(services):
    cases = [submit(services, "me", owner) for owner in "abc"]
    assert [actions(services, case) for case in cases] == [["move", "conflict"]] * 3


def test_a_closed_case_is_in_conflict_with_nobody(services):
    first = moved(services, submit(services, "me", "one"), Status.WITHDRAWN)
    assert not submit(services, "me", "other").conflict
    assert not services.applications.find(first.id).conflict


def test_another_id_number_is_in_conflict_with_nobody(services):
    assert not submit(services, "me").conflict
    assert not submit(services, "you").conflict


def test_of_browsers_that_submit_one_number_at_once_all_are_taken_and_marked(services):
    drafts = [drafted(services, "me", f"{browser}") for browser in range(4)]
    at_once(services, *[lambda draft=draft: services.intake.submit(draft, {}, NOON) for draft in drafts])
    assert [case.conflict for case in stored(services, models.Application)] == [True] * 4


def test_a_verified_person_is_one_owner_in_all_their_browsers(services):
    first = submit(services, "me", "phone", trust=Trust.VERIFIED)
    with pytest.raises(AlreadyOpen) as refused:
        submit(services, "me", "computer", trust=Trust.VERIFIED)
    assert refused.value.application == first


def test_whoever_was_verified_since_is_led_to_what_this_browser_submitted(services):
    first = submit(services, "me", "phone")
    with pytest.raises(AlreadyOpen) as refused:
        submit(services, "me", "phone", trust=Trust.VERIFIED)
    assert refused.value.application == first


def test_a_verified_person_is_not_stopped_by_whom_nobody_verified(services):
    submit(services, "me", "a thief's phone")
    assert submit(services, "me", "my phone", trust=Trust.VERIFIED).conflict


def test_browsers_nobody_knows_are_not_one_owner(services):
    submit(services, "me", "")
    assert submit(services, "me", "").conflict


@pytest.mark.parametrize("status", WAYS)
def test_the_owner_is_free_as_soon_as_the_case_is_closed(services, status):
    moved(services, submit(services), status)
    if status in OPEN:
        with pytest.raises(AlreadyOpen):
            submit(services)
    else:
        assert submit(services).status is Status.SUBMITTED


def test_a_broken_rule_that_is_not_this_one_is_not_called_already_open(services):
    nowhere = Draft("no such draft", id_index="me", owner_index="my phone", answers=ANSWERS)
    with pytest.raises(IntegrityError, match=r"(?i)foreign KEY"):
        services.intake.submit(nowhere, PICTURES, NOON)
    assert stored(services, models.Event) == []


# Handed in again.


def corrected(services, application: Application) -> Draft:
    details = {**person().details, "employer": "齐鲁监理有限公司", "phone": "13900000000"}
    draft = services.drafts.find(application.draft_id)
    return services.drafts.put(replace(draft, answers={**ANSWERS, "details": details}), LATER)


def test_a_returned_case_is_handed_in_again_under_its_number(services):
    returned = moved(services, submit(services), Status.RETURNED)
    draft = corrected(services, returned)
    again = services.intake.submit(draft, {"portrait": b"new face"}, LATER, date(2026, 6, 24))
    assert (again.id, again.number, again.status) == (returned.id, returned.number, Status.SUBMITTED)
    assert (again.answers, again.submissions, again.version) == (draft.answers, 2, 3)
    assert (again.submitted_at, again.resubmitted_at, again.deadline) == (NOON, LATER, date(2026, 6, 24))
    assert services.applications.find(again.id) == again


def test_what_was_handed_in_before_stays_for_comparison(services):
    returned = moved(services, submit(services), Status.RETURNED)
    draft = corrected(services, returned)
    services.intake.submit(draft, {"portrait": b"new face"}, LATER)
    first, second = services.submissions.of(returned.id)
    assert (first.answers, second.answers) == (ANSWERS, draft.answers)
    assert services.submissions.pictures(returned.id, 0) == PICTURES
    assert services.submissions.pictures(returned.id, 1) == {"portrait": b"new face"}


def test_the_columns_follow_the_correction(services):
    returned = moved(services, submit(services), Status.RETURNED)
    services.intake.submit(corrected(services, returned), PICTURES, LATER)
    found = row(services, returned)
    assert found.employer == "齐鲁监理有限公司"
    assert found.phone_index == services.sealer.index("phone", "13900000000")


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.ACCEPTED, Status.APPROVED, Status.WITHDRAWN])
def test_a_case_that_was_not_returned_is_not_handed_in_again(services, status):
    application = moved(services, submit(services), status)
    with pytest.raises(MoveRefused):
        services.intake.submit(corrected(services, application), PICTURES, LATER)
    assert services.applications.find(application.id) == application
    assert len(services.submissions.of(application.id)) == 1
