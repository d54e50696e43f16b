"""受理 and the decision: by the table, by one clerk, on what was seen."""

from collections import Counter
from datetime import date

import pytest

from renewal.domain.application import MOVES, MoveRefused, Status
from renewal.domain.decision import REMEDIES
from renewal.domain.errors import InvalidValue
from renewal.office import claiming, deciding, identifying
from renewal.office.acts import Action
from renewal.office.claiming import Held
from renewal.office.deciding import Hindered
from renewal.selfies import SELFIE_DELETED
from renewal.services import Services
from renewal.store.applications import Application, ApplicationChanged
from tests.casework import accepted, actions, confirmed, faults, now, ready
from tests.engines import read_only
from tests.factories import WAYS, Policy, at_once, moved, person, submitted
from tests.staffing import staffed

VERBS = {
    Status.ACCEPTED: deciding.accept,
    Status.APPROVED: deciding.approve,
    Status.DECLINED: lambda *each: deciding.decline(*each, "继续教育没有达到要求"),
    Status.RETURNED: lambda *each: deciding.give_for_correction(*each, {"school": "请填写全称。"}),
}
FORBIDDEN = [(here, to) for here in WAYS for to in VERBS if to not in MOVES[here]]


@pytest.fixture
def wang(services):
    return staffed(services, "王科员")


@pytest.fixture
def zhao(services):
    return staffed(services, "赵科员")


def untouched(services, case: Application) -> bool:
    return now(services, case) == case


def test_an_accepted_case_is_decided_within_ten_working_days(services, wang):
    """Monday the 15th, and the tenth working day after it."""
    case = accepted(services, wang)
    assert case == now(services, case)
    assert (case.status, case.deadline) == (Status.ACCEPTED, date(2026, 6, 29))


def test_approved_it_is_closed_with_its_moment_and_its_clerk(services, wang):
    case = accepted(services, wang)
    approved = deciding.approve(services, case, case.version, wang)
    assert (approved.status, approved.deadline, approved.clerk) == (Status.APPROVED, None, wang.id)
    event = services.applications.events(case.id)[-1]
    assert (event.actor.name, event.target) == ("王科员", Status.APPROVED)
    assert faults(services) == []


def test_a_refusal_gives_its_reason_and_what_can_be_done_about_it(services, wang):
    case = accepted(services, wang)
    deciding.decline(services, case, case.version, wang, "继续教育没有达到要求")
    said = services.applications.events(case.id)[-1].reason
    assert said == f"继续教育没有达到要求。{REMEDIES}"
    assert "行政复议" in said
    assert "行政诉讼" in said


@pytest.mark.parametrize("reason", ["", "  ", "！！", "字" * 501])
def test_a_refusal_without_a_reason_anybody_understands_is_none(services, wang, reason):
    case = accepted(services, wang)
    with pytest.raises(InvalidValue):
        deciding.decline(services, case, case.version, wang, reason)
    assert untouched(services, case)


@pytest.mark.parametrize(("here", "to"), FORBIDDEN)
def test_a_move_that_the_table_forbids_changes_nothing(services, wang, here, to):
    case = moved(services, submitted(services, person(1)), here)
    with pytest.raises(MoveRefused):
        VERBS[to](services, case, case.version, wang)
    assert untouched(services, case)


@pytest.mark.parametrize("to", VERBS)
@pytest.mark.parametrize("version", [0, -1, 99])
def test_a_page_of_yesterday_decides_nothing(services, wang, to, version):
    case = accepted(services, wang) if to in MOVES[Status.ACCEPTED] else ready(services, wang)
    with pytest.raises(ApplicationChanged, match="请核对最新的内容"):
        VERBS[to](services, case, version, wang)
    assert untouched(services, case)


@pytest.mark.parametrize("to", VERBS)
def test_what_another_has_in_hand_is_refused_in_words(services, wang, zhao, to):
    case = accepted(services, wang) if to in MOVES[Status.ACCEPTED] else ready(services, wang)
    with pytest.raises(Held, match="王科员已在"):
        VERBS[to](services, case, case.version, zhao)
    assert untouched(services, case)


def test_deciding_what_is_free_takes_it_on(services, wang):
    case = ready(services, wang)
    claiming.give_back(services, case, wang)
    done = deciding.accept(services, case, case.version, wang)
    assert done.clerk == wang.id
    assert actions(services, case)[-2:] == [Action.CLAIM, "move"]


def test_what_is_refused_takes_nothing_on(services, wang):
    case = confirmed(services)
    with pytest.raises(Hindered):
        deciding.accept(services, case, case.version, wang)
    assert untouched(services, case)
    assert Action.CLAIM not in actions(services, case)


def test_nobody_is_accepted_who_was_never_seen(services, wang):
    case = confirmed(services)
    with pytest.raises(Hindered, match="还没有在窗口核验本人"):
        deciding.accept(services, case, case.version, wang)


def test_who_accepts_has_compared_the_selfie_and_it_is_deleted(services, wang):
    case = confirmed(services, method="selfie")
    assert deciding.accept(services, case, case.version, wang).status is Status.ACCEPTED
    assert actions(services, case)[-4:] == [Action.CLAIM, Action.SELFIE_SAME, SELFIE_DELETED, "move"]
    assert services.attachments.get(case.draft_id, "selfie") is None


def test_a_selfie_that_showed_somebody_else_is_not_accepted(services, wang):
    case = confirmed(services, method="selfie")
    identifying.compare_selfie(services, case, case.version, wang, same=False)
    with pytest.raises(Hindered, match="自拍照不是本人"):
        deciding.accept(services, case, case.version, wang)


def test_an_acceptance_that_is_refused_has_compared_nothing(services, wang):
    case = submitted(services, person(1), "selfie")
    with pytest.raises(Hindered, match="请写明依据"):
        deciding.accept(services, case, case.version, wang)
    assert Action.SELFIE_SAME not in actions(services, case)
    assert services.attachments.get(case.draft_id, "selfie")


def test_nor_while_two_cases_conflict(services, wang):
    case = ready(services, wang)
    submitted(services, person(1), owner="another phone")
    with pytest.raises(Hindered, match="请先处理冲突"):
        deciding.accept(services, case, case.version, wang)


def test_a_conflict_that_comes_later_stops_the_approval(services, wang):
    case = accepted(services, wang)
    submitted(services, person(1), owner="another phone")
    with pytest.raises(Hindered, match="冲突"):
        deciding.approve(services, case, case.version, wang)
    assert deciding.decline(services, case, case.version, wang, "不是本人申请").status is Status.DECLINED


def test_before_the_employer_confirmed_the_clerk_says_on_what_ground(services, wang):
    case = submitted(services, person(1))
    identifying.verify_person(services, case, case.version, wang, "身份证原件")
    with pytest.raises(Hindered, match="请写明依据"):
        deciding.accept(services, case, case.version, wang)
    deciding.accept(services, case, case.version, wang, "已收到单位盖章的书面确认")
    assert services.applications.events(case.id)[-1].reason == "已收到单位盖章的书面确认"


def test_where_no_employer_is_asked_no_ground_is(services, wang):
    alone = Services.over(services.database, services.sealer, services.now, Policy(employer_confirmation=False))
    case = submitted(alone, person(1))
    identifying.verify_person(alone, case, case.version, wang, "身份证原件")
    assert deciding.accept(alone, case, case.version, wang).status is Status.ACCEPTED


def test_a_return_takes_the_case_on_and_sends_everything(services, wang):
    case = confirmed(services)
    back = deciding.give_for_correction(services, case, case.version, wang, {"school": "请填写全称。"})
    assert (back.status, back.clerk) == (Status.RETURNED, wang.id)
    assert services.defects.of(case.id)[0][0].reason == "请填写全称。"


def test_of_clerks_who_decide_in_the_same_second_one_does(services, wang):
    case = ready(services, wang)
    claiming.give_back(services, case, wang)
    clerks = [wang, *(staffed(services, f"科员{serial}") for serial in range(3))]
    outcomes = at_once(
        services, *[lambda clerk=clerk: deciding.accept(services, case, case.version, clerk) for clerk in clerks]
    )
    kinds = Counter(type(outcome) for outcome in outcomes)
    assert kinds[Application] == 1
    assert kinds[ApplicationChanged] + kinds[Held] == 3
    assert [event.target for event in services.applications.events(case.id)].count(Status.ACCEPTED) == 1
    assert faults(services) == []


def test_one_clerk_in_two_tabs_decides_once(services, wang):
    case = accepted(services, wang)
    acts = [
        lambda: deciding.approve(services, case, case.version, wang),
        lambda: deciding.decline(services, case, case.version, wang, "年龄超过限制"),
    ]
    outcomes = at_once(services, *acts)
    assert Counter(type(outcome) for outcome in outcomes) == {Application: 1, ApplicationChanged: 1}


def test_what_cannot_be_written_decides_nothing(services, wang):
    case = accepted(services, wang)
    with read_only(services), pytest.raises(Exception, match=r"read-?only"):
        deciding.approve(services, case, case.version, wang)
    assert untouched(services, case)
