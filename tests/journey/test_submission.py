from collections import Counter
from dataclasses import replace

import pytest

from renewal import selfies
from renewal.domain.actor import APPLICANT
from renewal.domain.application import CORRECTABLE, WITHDRAWABLE, MoveRefused, Status
from renewal.domain.trust import Trust
from renewal.journey import steps, submission
from renewal.journey.form_input import Repeated
from renewal.journey.steps.details import keep_typed
from renewal.journey.taking import check
from renewal.store import audit, models
from renewal.store.applications import AlreadyOpen, Application, ApplicationChanged
from renewal.store.database import Unavailable
from renewal.store.drafts import DraftChanged
from tests.engines import read_only
from tests.factories import (
    CLERK,
    WAYS,
    answer,
    at_once,
    carry,
    moved,
    person,
    posted,
    stored,
    submit,
    submitted,
    take,
)

ME, YOU = person(1), person(2)


class Except:
    """A store, but for some of its methods."""

    def __init__(self, store, **methods):
        self._store = store
        self.__dict__.update(methods)

    def __getattr__(self, name):
        return getattr(self._store, name)


def power_cut(*_arguments):
    raise RuntimeError("the power went")


@pytest.fixture
def draft(services):
    return carry(services, "review", ME)


def applications(services):
    return len(stored(services, models.Application))


def test_all_answers_are_frozen_into_the_application(services, draft):
    application = submit(services, draft)
    assert application.answers == draft.answers
    assert application.answers["details"] == ME.details
    assert (application.status, application.method) == (Status.SUBMITTED, "counter")
    assert application.submitted_at == services.now()


def test_the_number_tells_the_day_in_china(services, draft, clock):
    clock.go_on(hours=13)
    assert submit(services, draft).number == "YX20260616000001"


def test_the_draft_keeps_only_what_going_on_needs(services, draft):
    submit(services, draft)
    left = services.draft(draft.id)
    assert set(left.answers) == {"verify", "face", "resume"}
    assert left.submitted
    assert left.history[-1] == ("review", "/renewal/done", "review")
    assert (left.trust, left.resume_index) == (Trust.CAPTURED, draft.resume_index)


def test_the_pictures_are_frozen_for_the_clerk_and_the_selfie_can_still_be_deleted(services):
    draft = carry(services, "review", ME, "selfie")
    before = {kind: services.attachments.get(draft.id, kind) for kind in submission.FROZEN}
    application = submit(services, draft)
    assert services.submissions.pictures(application.id, 0) == before
    assert [row.kind for row in stored(services, models.Attachment)] == ["selfie"]


def test_the_log_begins_with_the_applicant(services, draft):
    (event,) = services.applications.events(submit(services, draft).id)
    assert (event.actor, event.source, event.target) == (APPLICANT, "draft", "submitted")
    assert event.at == services.now()


def test_a_second_tap_is_told_that_it_was_submitted(services, draft):
    submit(services, draft)
    with pytest.raises(Repeated, match="/renewal/done") as repeated:
        check(services.draft(draft.id), posted(draft, "review"))
    assert repeated.value.same
    with pytest.raises(Repeated):
        submit(services, draft)
    assert applications(services) == 1


def test_taps_at_the_same_moment_submit_once(services, draft):
    outcomes = at_once(services, *[lambda: submit(services, draft)] * 4)
    assert Counter(type(outcome) for outcome in outcomes) == {Application: 1, Repeated: 3}
    assert applications(services) == 1
    assert len(stored(services, models.Event)) == 1


def test_one_person_in_many_tabs_of_a_browser_submits_once(services):
    drafts = [carry(services, "review", ME, owner="my phone") for _ in range(3)]
    outcomes = at_once(services, *[lambda draft=draft: submit(services, draft) for draft in drafts])
    assert Counter(type(outcome) for outcome in outcomes) == {Application: 1, AlreadyOpen: 2}
    assert applications(services) == 1


def test_a_second_try_is_led_to_the_first_and_its_draft_stays_as_it_was(services):
    first = submitted(services, ME, owner="my phone")
    draft = carry(services, "review", ME, owner="my phone")
    with pytest.raises(AlreadyOpen) as refused:
        submit(services, draft)
    assert refused.value.application == first
    assert services.draft(draft.id) == draft
    assert set(submission.FROZEN) <= {row.kind for row in stored(services, models.Attachment)}


def test_on_a_shared_phone_another_name_with_the_number_blocks_nobody(services):
    thief = submitted(services, person(1, name="张三"), owner="our phone")
    assert submitted(services, ME, owner="our phone").conflict
    assert services.applications.find(thief.id).conflict


def test_whoever_knows_a_name_and_a_number_blocks_nobody(services):
    thief = submitted(services, person(1, name="张三"), owner="a thief's phone")
    mine = submitted(services, ME, owner="my phone")
    assert mine.status is Status.SUBMITTED
    assert mine.conflict
    assert services.applications.find(thief.id).conflict


def test_two_people_submit_beside_each_other(services):
    assert submitted(services, ME).number != submitted(services, YOU).number


def test_what_was_typed_meanwhile_is_not_left_out_of_the_application(services, draft):
    keep_typed(services, draft, {"school": "山东大学"})
    with pytest.raises(DraftChanged):
        submit(services, draft)
    assert applications(services) == 0
    assert services.draft(draft.id).typed == {"school": "山东大学"}


def test_a_failure_in_the_middle_submits_nothing(services, draft):
    with pytest.raises(RuntimeError, match="power"):
        submit(replace(services, intake=Except(services.intake, submit=power_cut)), draft)
    assert applications(services) == 0
    assert services.draft(draft.id) == draft
    assert submit(services, draft).status is Status.SUBMITTED


def test_a_disk_that_cannot_be_written_submits_nothing_and_later_it_does(services, draft):
    with read_only(services), pytest.raises(Unavailable):
        submit(services, draft)
    assert applications(services) == 0
    assert submit(services, draft).answers == draft.answers


# 撤回


def test_a_withdrawn_application_frees_its_owner(services):
    application = submitted(services, ME)
    submission.withdraw(services, application)
    assert services.applications.find(application.id).status is Status.WITHDRAWN
    assert not submitted(services, ME).conflict


def test_the_log_tells_of_the_withdrawal(services, clock):
    application = submitted(services, ME)
    clock.go_on(days=1)
    submission.withdraw(services, application)
    first, second = services.applications.events(application.id)
    assert (second.actor, second.source, second.target) == (APPLICANT, "submitted", "withdrawn")
    assert second.previous_hash == first.hash
    assert second.at == services.now()


@pytest.mark.parametrize("status", WAYS)
def test_it_may_be_withdrawn_until_it_is_decided(services, status):
    application = submitted(services, ME)
    now = moved(services, application, status)
    events = services.applications.events(application.id)
    if status in WITHDRAWABLE:
        submission.withdraw(services, now)
        assert services.applications.find(application.id).status is Status.WITHDRAWN
        return
    with pytest.raises(MoveRefused, match="刷新页面"):
        submission.withdraw(services, now)
    assert services.applications.find(application.id) == now
    assert services.applications.events(application.id) == events


def test_of_two_withdrawals_at_once_one_is_logged(services):
    application = submitted(services, ME)
    outcomes = at_once(services, *[lambda: submission.withdraw(services, application)] * 3)
    assert Counter(type(outcome) for outcome in outcomes) == {type(None): 1, ApplicationChanged: 2}
    assert len(stored(services, models.Event)) == 2


def test_a_withdrawal_nobody_could_log_did_not_happen(services):
    application = submitted(services, ME)
    with pytest.raises(RuntimeError, match="power"):
        submission.withdraw(
            replace(services, applications=Except(services.applications, transition=power_cut)), application
        )
    assert services.applications.find(application.id) == application


def test_a_withdrawal_deletes_the_selfie_and_says_so(services):
    application = submitted(services, person(31), method="selfie")
    assert services.attachments.get(application.draft_id, "selfie") is not None
    submission.withdraw(services, application)
    assert services.attachments.get(application.draft_id, "selfie") is None
    deleted, withdrawn = services.applications.events(application.id)[-2:]
    assert (deleted.source, deleted.target) == ("submitted", "submitted")
    assert "自拍照已删除" in deleted.reason
    assert withdrawn.target == "withdrawn"


def test_a_clerk_who_compared_the_selfie_deletes_it_once(services):
    application = submitted(services, person(32), method="selfie")
    for _ in range(2):
        with services.database.transaction():
            selfies.forget_selfie(services, application, CLERK, "已比对")
    events = services.applications.events(application.id)
    assert [event.action for event in events if event.actor == CLERK] == ["selfie_deleted"]


# 补正


@pytest.fixture
def returned(services):
    return moved(services, submitted(services, ME), Status.RETURNED)


def test_a_returned_case_stands_in_its_draft_again_as_it_was_handed_in(services, returned):
    draft = submission.reopen(services, returned)
    assert services.draft(returned.draft_id) == draft
    assert not draft.submitted
    assert draft.answers["details"] == ME.details
    assert draft.history[-1] == ("reopen", "", "")
    frozen = services.submissions.pictures(returned.id, 0)
    assert {kind: services.attachments.get(draft.id, kind) for kind in frozen} == frozen


def test_corrected_it_is_submitted_again_under_its_number(services, returned, clock):
    draft = submission.reopen(services, returned)
    changed = {**ME.details, "school": "山东大学"}
    draft = answer(services, draft, "details", changed)
    while steps.current(draft.all_answers).name != "review":
        draft = take(services, draft, ME)
    clock.go_on(days=1)
    again = submit(services, draft)
    assert (again.number, again.status, again.submissions) == (returned.number, Status.SUBMITTED, 2)
    assert again.answers["details"]["school"] == "山东大学"
    first, second = services.submissions.of(again.id)
    assert (first.answers["details"]["school"], second.submitted_at) == (ME.details["school"], clock.moment)
    assert services.submissions.pictures(again.id, 0) == services.submissions.pictures(again.id, 1)
    assert services.draft(draft.id).submitted
    assert applications(services) == 1


def test_it_may_be_returned_and_corrected_more_than_once(services, returned):
    for handed_in in (2, 3):
        draft = submission.reopen(services, services.applications.find(returned.id))
        again = submit(services, draft)
        assert again.submissions == handed_in
        moved(services, again, Status.RETURNED)
    assert audit.verify(services.database, services.sealer).findings == []


def test_two_taps_on_correct_open_it_once(services, returned):
    first, second = (submission.reopen(services, returned) for _ in range(2))
    assert first == second


def test_taps_at_the_same_moment_submit_a_correction_once(services, returned):
    draft = submission.reopen(services, returned)
    outcomes = at_once(services, *[lambda: submit(services, draft)] * 3)
    assert Counter(type(outcome) for outcome in outcomes) == {Application: 1, Repeated: 2}
    assert len(services.submissions.of(returned.id)) == 2


@pytest.mark.parametrize("status", [status for status in WAYS if status not in CORRECTABLE])
def test_what_was_not_returned_stays_shut(services, status):
    application = moved(services, submitted(services, ME), status)
    with pytest.raises(MoveRefused, match="不需要补正"):
        submission.reopen(services, application)
    assert services.draft(application.draft_id).submitted


def test_a_case_withdrawn_during_its_correction_shuts_the_draft(services, returned):
    draft = submission.reopen(services, returned)
    keep_typed(services, draft, {"school": "山东大学"})
    submission.withdraw(services, returned)
    left = services.draft(draft.id)
    assert (left.submitted, left.typed, set(left.answers)) == (True, {}, {"verify", "face", "resume"})
    assert stored(services, models.Attachment) == []
    with pytest.raises(DraftChanged):
        submit(services, draft)


def test_an_open_correction_stands_in_the_way_of_a_second_case(services):
    application = submitted(services, ME, owner="my phone")
    submission.reopen(services, moved(services, application, Status.RETURNED))
    draft = carry(services, "review", ME, owner="my phone")
    with pytest.raises(AlreadyOpen) as refused:
        submit(services, draft)
    assert refused.value.application.id == application.id
