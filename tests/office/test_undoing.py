"""撤销: within ten minutes, by an event of its own, and never a decision."""

from datetime import timedelta

import pytest

from renewal.domain.application import MoveRefused, Status
from renewal.journey import submission
from renewal.office import claiming, deciding, undoing
from renewal.office.claiming import Held
from renewal.store.applications import Application, ApplicationChanged
from renewal.store.event_log import UNDO
from tests.casework import accepted, actions, confirmed, faults, now, ready
from tests.factories import answer, answered, at_once, person, submit, submitted
from tests.staffing import staffed

ASKED = {"school": "请填写全称。", "phone": "请填写本人的号码。"}


@pytest.fixture
def wang(services):
    return staffed(services, "王科员")


def take_back(services, case, clerk) -> Application:
    return undoing.take_back(services, case, case.version, clerk)


def test_an_acceptance_is_taken_back_with_its_deadline(services, wang):
    before = ready(services, wang)
    case = deciding.accept(services, before, before.version, wang)
    back = take_back(services, case, wang)
    assert back == now(services, case)
    assert (back.status, back.deadline) == (before.status, before.deadline)
    assert back.version == case.version + 1


def test_it_is_an_event_of_its_own(services, wang):
    case = accepted(services, wang)
    before = actions(services, case)
    take_back(services, case, wang)
    assert actions(services, case) == [*before, UNDO]
    event = services.applications.events(case.id)[-1]
    assert (event.source, event.target, event.reason) == (
        Status.ACCEPTED,
        Status.EMPLOYER_CONFIRMED,
        "撤销“已受理”",
    )
    assert faults(services) == []


def test_taken_back_it_is_accepted_again_and_taken_back_again(services, wang):
    case = accepted(services, wang)
    for _ in range(2):
        case = take_back(services, case, wang)
        case = deciding.accept(services, case, case.version, wang)
    assert take_back(services, case, wang).status is Status.EMPLOYER_CONFIRMED
    assert faults(services) == []


@pytest.mark.parametrize(("later", "taken"), [(timedelta(minutes=10), True), (timedelta(minutes=10, seconds=1), False)])
def test_there_are_ten_minutes(services, wang, clock, later, taken):
    case = accepted(services, wang)
    clock.moment += later
    assert undoing.may_take_back(services, case) is taken
    if taken:
        take_back(services, case, wang)
    else:
        with pytest.raises(MoveRefused, match="超过10分钟"):
            take_back(services, case, wang)
    assert (now(services, case).status is Status.ACCEPTED) is not taken


@pytest.mark.parametrize("verb", ["approve", "decline"])
def test_a_decision_binds_at_once(services, wang, verb):
    case = accepted(services, wang)
    more = ["年龄超过限制"] if verb == "decline" else []
    decided = getattr(deciding, verb)(services, case, case.version, wang, *more)
    assert not undoing.may_take_back(services, decided)
    with pytest.raises(MoveRefused, match="不能撤销"):
        take_back(services, decided, wang)
    assert now(services, decided) == decided


def test_what_nobody_of_the_office_did_is_not_taken_back(services, wang):
    for case in (submitted(services, person(2)), confirmed(services, person(3))):
        assert not undoing.may_take_back(services, case)
        with pytest.raises(MoveRefused):
            take_back(services, case, wang)
        assert now(services, case) == case


@pytest.mark.parametrize("employer", ["确认", "不予确认", None])
def test_a_return_is_taken_back_before_the_applicant_begins(services, wang, employer):
    case = submitted(services, person(1))
    if employer:
        case = answered(services, case, answer=employer, reason="已经离职")
    back = deciding.give_for_correction(services, case, case.version, wang, ASKED)
    undone = take_back(services, back, wang)
    assert (undone.status, undone.deadline) == (case.status, case.deadline)
    assert services.defects.of(case.id) == {}
    assert faults(services) == []


def test_the_log_keeps_what_had_been_sent(services, wang):
    case = confirmed(services)
    back = deciding.give_for_correction(services, case, case.version, wang, ASKED)
    take_back(services, back, wang)
    said = services.applications.events(case.id)[-1].reason
    assert said == "撤销“退回补正”，原内容：手机号码：请填写本人的号码。；毕业院校：请填写全称。"


def test_taken_back_it_is_returned_anew_with_another_list(services, wang):
    case = confirmed(services)
    back = deciding.give_for_correction(services, case, case.version, wang, ASKED)
    undone = take_back(services, back, wang)
    deciding.give_for_correction(services, undone, undone.version, wang, {"major": "请按证书填写。"})
    assert [defect.field for defect in services.defects.of(case.id)[0]] == ["major"]
    assert faults(services) == []


def test_once_the_applicant_began_it_stays_returned(services, wang):
    case = confirmed(services)
    back = deciding.give_for_correction(services, case, case.version, wang, ASKED)
    submission.reopen(services, back)
    assert not undoing.may_take_back(services, back)
    with pytest.raises(MoveRefused, match="申请人已经开始补正"):
        take_back(services, back, wang)
    assert services.defects.of(case.id)[0]


def test_what_was_taken_back_is_not_corrected(services, wang):
    case = confirmed(services)
    back = deciding.give_for_correction(services, case, case.version, wang, ASKED)
    take_back(services, back, wang)
    with pytest.raises(MoveRefused, match="不需要补正"):
        submission.reopen(services, back)
    assert services.draft(case.draft_id).submitted


def test_clerk_and_applicant_in_the_same_second_agree(services, wang):
    """Either it is open in the applicant's hands and stays returned, or it is neither."""
    case = confirmed(services)
    back = deciding.give_for_correction(services, case, case.version, wang, ASKED)
    at_once(services, lambda: take_back(services, back, wang), lambda: submission.reopen(services, back))
    returned = now(services, case).status is Status.RETURNED
    assert services.draft(case.draft_id).submitted is not returned
    assert faults(services) == []


def test_a_corrected_case_is_taken_back_only_to_its_correction(services, wang):
    case = confirmed(services)
    back = deciding.give_for_correction(services, case, case.version, wang, {"school": "请填写全称。"})
    draft = submission.reopen(services, back)
    again = submit(services, answer(services, draft, "details", {**person(1).details, "school": "山东大学"}))
    assert not undoing.may_take_back(services, again)


def test_another_clerk_takes_nothing_back(services, wang):
    case = accepted(services, wang)
    with pytest.raises(Held):
        take_back(services, case, staffed(services, "赵科员"))


def test_a_page_of_before_takes_nothing_back(services, wang):
    case = accepted(services, wang)
    with pytest.raises(ApplicationChanged):
        undoing.take_back(services, case, case.version - 1, wang)
    assert now(services, case) == case


def test_who_gave_it_back_takes_it_on_by_taking_back(services, wang):
    case = accepted(services, wang)
    claiming.give_back(services, case, wang)
    assert take_back(services, case, wang).clerk == wang.id
