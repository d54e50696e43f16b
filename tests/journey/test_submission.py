from collections import Counter
from dataclasses import replace

import pytest

from renewal.domain.application import WITHDRAWABLE, MoveRefused, Status
from renewal.domain.trust import Trust
from renewal.journey import filling, submission
from renewal.journey.answers import Repeated
from renewal.store import models
from renewal.store.applications import AlreadyOpen, Application, ApplicationChanged
from renewal.store.database import Unavailable
from renewal.store.drafts import DraftChanged
from tests.factories import at_once, carry, person, posted, read_only, submitted

ME, YOU = person(1), person(2)


class Except:
    """The applications, but for some of their methods."""

    def __init__(self, house, **methods):
        self._applications = house.applications
        self.__dict__.update(methods)

    def __getattr__(self, name):
        return getattr(self._applications, name)


def power_cut(*_arguments):
    raise RuntimeError("the power went")


@pytest.fixture
def draft(house):
    return carry(house, "review", ME)


def submit(house, draft):
    return submission.submit(house, draft, posted(draft, "review"))


def applications():
    return models.Application.select().count()


def test_all_answers_are_frozen_into_the_application(house, draft):
    application = submit(house, draft)
    assert application.answers == draft.answers
    assert application.answers["details"] == ME.details
    assert (application.status, application.method) == (Status.SUBMITTED, "counter")
    assert application.submitted_at == house.now()


def test_the_number_tells_the_day_in_china(house, draft, clock):
    clock.go_on(hours=13)
    assert submit(house, draft).number == "YX20260616000001"


def test_the_draft_keeps_only_what_going_on_needs(house, draft):
    submit(house, draft)
    left = house.draft(draft.id)
    assert set(left.answers) == {"verify", "face", "resume"}
    assert left.submitted
    assert left.trail[-1] == ("review", "/renewal/done", "review")
    assert (left.trust, left.resume_index) == (Trust.CAPTURED, draft.resume_index)


def test_the_pictures_stay_for_the_clerk(house):
    application = submitted(house, ME, "selfie")
    for kind in ("portrait", "signature", "signature_white", "selfie"):
        assert house.attachments.get(application.draft_id, kind)


def test_the_log_begins_with_the_applicant(house, draft):
    (event,) = house.applications.events(submit(house, draft).id)
    assert (event.actor, event.source, event.target) == ("申请人", "draft", "submitted")
    assert event.at == house.now()


def test_a_second_tap_is_told_that_it_was_submitted(house, draft):
    submit(house, draft)
    with pytest.raises(Repeated, match="/renewal/done") as repeated:
        house.check(house.draft(draft.id), posted(draft, "review"))
    assert repeated.value.same
    with pytest.raises(DraftChanged):
        submit(house, draft)
    assert applications() == 1


def test_taps_at_the_same_moment_submit_once(house, draft):
    outcomes = at_once(house, *[lambda: submit(house, draft)] * 4)
    assert Counter(type(outcome) for outcome in outcomes) == {Application: 1, DraftChanged: 3}
    assert applications() == 1
    assert models.Event.select().count() == 1


def test_one_person_in_many_browsers_submits_once(house):
    drafts = [carry(house, "review", ME) for _ in range(3)]
    outcomes = at_once(house, *[lambda draft=draft: submit(house, draft) for draft in drafts])
    assert Counter(type(outcome) for outcome in outcomes) == {Application: 1, AlreadyOpen: 2}
    assert applications() == 1


def test_the_refused_browsers_draft_stays_as_it_was(house, draft):
    submitted(house, ME)
    with pytest.raises(AlreadyOpen):
        submit(house, draft)
    assert house.draft(draft.id) == draft


def test_two_people_submit_beside_each_other(house):
    assert submitted(house, ME).number != submitted(house, YOU).number


def test_what_was_typed_meanwhile_is_not_left_out_of_the_application(house, draft):
    filling.keep_typed(house, draft, {"school": "山东大学"})
    with pytest.raises(DraftChanged):
        submit(house, draft)
    assert applications() == 0
    assert house.draft(draft.id).typed == {"school": "山东大学"}


def test_a_failure_in_the_middle_submits_nothing(house, draft):
    with pytest.raises(RuntimeError, match="power"):
        submit(replace(house, applications=Except(house, record=power_cut)), draft)
    assert applications() == 0
    assert house.draft(draft.id) == draft
    assert submit(house, draft).status is Status.SUBMITTED


def test_a_disk_that_cannot_be_written_submits_nothing_and_later_it_does(house, draft):
    with read_only(house), pytest.raises(Unavailable):
        submit(house, draft)
    assert applications() == 0
    assert submit(house, draft).answers == draft.answers


# 撤回


def test_a_withdrawn_application_frees_the_id_number(house):
    application = submitted(house, ME)
    submission.withdraw(house, application)
    assert house.applications.find(application.id).status is Status.WITHDRAWN
    assert submitted(house, ME).number != application.number


def test_the_log_tells_of_the_withdrawal(house, clock):
    application = submitted(house, ME)
    clock.go_on(days=1)
    submission.withdraw(house, application)
    first, second = house.applications.events(application.id)
    assert (second.actor, second.source, second.target) == ("申请人", "submitted", "withdrawn")
    assert second.previous_hash == first.hash
    assert second.at == house.now()


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.DRAFT])
def test_it_may_be_withdrawn_until_it_is_decided(house, status):
    application = submitted(house, ME)
    house.applications.set_status(application, status)
    now = house.applications.find(application.id)
    if status in WITHDRAWABLE:
        submission.withdraw(house, now)
        assert house.applications.find(application.id).status is Status.WITHDRAWN
        return
    with pytest.raises(MoveRefused, match="刷新页面"):
        submission.withdraw(house, now)
    assert house.applications.find(application.id) == now
    assert models.Event.select().count() == 1


def test_of_two_withdrawals_at_once_one_is_logged(house):
    application = submitted(house, ME)
    outcomes = at_once(house, *[lambda: submission.withdraw(house, application)] * 3)
    assert Counter(type(outcome) for outcome in outcomes) == {type(None): 1, ApplicationChanged: 2}
    assert models.Event.select().count() == 2


def test_a_withdrawal_nobody_could_log_did_not_happen(house):
    application = submitted(house, ME)
    with pytest.raises(RuntimeError, match="power"):
        submission.withdraw(replace(house, applications=Except(house, record=power_cut)), application)
    assert house.applications.find(application.id) == application


def test_a_withdrawal_deletes_the_selfie_and_says_so(house):
    application = submitted(house, person(31), method="selfie")
    assert house.attachments.get(application.draft_id, "selfie") is not None
    submission.withdraw(house, application)
    assert house.attachments.get(application.draft_id, "selfie") is None
    deleted, withdrawn = house.applications.events(application.id)[-2:]
    assert (deleted.source, deleted.target) == ("submitted", "submitted")
    assert "自拍照已删除" in deleted.reason
    assert withdrawn.target == "withdrawn"


def test_a_clerk_who_compared_the_selfie_deletes_it_once(house):
    application = submitted(house, person(32), method="selfie")
    for _ in range(2):
        with house.database.transaction():
            submission.forget_selfie(house, application, "办事员甲", "已比对")
    events = house.applications.events(application.id)
    assert [event.actor for event in events].count("办事员甲") == 1
