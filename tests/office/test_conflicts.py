"""Which of several cases on one ID number is the person's: said once by a clerk; no applicant learns of another."""

import pytest

from renewal.domain.application import NOT_TAKEN_REASON, OPEN, MoveRefused, Status
from renewal.domain.errors import InvalidValue
from renewal.domain.trust import Trust
from renewal.journey import submission
from renewal.office import claiming, conflicts, judging
from renewal.office.acts import Action, actor
from renewal.office.claiming import Held
from renewal.office.conflicts import NONE
from renewal.store import models
from renewal.store.applications import ApplicationChanged
from renewal.store.audit import verify
from renewal.store.drafts import DraftChanged
from renewal.store.intake import CONFLICT, CONFLICT_SETTLED
from tests.factories import answer, at_once, carry, moved, person, returned, stored, submit, submitted
from tests.staffing import staffed

LI = person(3)


@pytest.fixture
def clerk(services):
    return staffed(services)


@pytest.fixture
def cases(services):
    """The person's, and a stranger's on the same number, both with a selfie."""
    for owner in ("my phone", "another phone"):
        submitted(services, LI, "selfie", owner)
    return now(services)


def now(services):
    return [services.applications.get(row.id) for row in stored(services, models.Application)]


def seen(cases) -> dict[str, int]:
    return {case.number: case.version for case in cases}


def settle(services, clerk, cases, mine="", way="selfies"):
    return conflicts.settle(services, cases[0], seen(cases), mine or cases[0].number, way, clerk)


def acts(services, case, kind: str) -> list:
    return [event for event in services.applications.events(case.id) if event.action == kind]


def is_whole(services) -> bool:
    return verify(services.database, services.sealer).findings == []


def test_the_open_cases_of_a_number_stand_beside_each_other(services, cases):
    other = submitted(services, person(4))
    assert [case.number for case in conflicts.beside(services, cases[1])] == [case.number for case in cases]
    assert conflicts.beside(services, other) == [services.applications.get(other.id)]


@pytest.mark.parametrize("chosen", [0, 1])
@pytest.mark.parametrize("way", ["selfies", "counter"])
def test_one_is_the_persons_and_the_other_is_closed(services, clerk, cases, chosen, way):
    (stays,) = settle(services, clerk, cases, cases[chosen].number, way)
    mine, other = now(services)[chosen], now(services)[1 - chosen]
    assert stays == mine
    assert (mine.status, other.status) == (Status.SUBMITTED, Status.NOT_TAKEN)
    assert not mine.conflict
    assert not other.conflict
    assert [acts(services, case, CONFLICT_SETTLED)[-1].actor for case in (mine, other)] == [actor(clerk)] * 2
    assert conflicts.WAYS[way] in acts(services, mine, CONFLICT_SETTLED)[-1].reason
    assert judging.hindrances(services, mine) == []
    assert is_whole(services)


def test_both_selfies_are_gone_once_they_were_compared(services, clerk, cases):
    settle(services, clerk, cases)
    assert all(services.attachments.get(case.draft_id, "selfie") is None for case in cases)
    assert acts(services, cases[0], Action.SELFIE_SAME)


def test_who_was_at_the_counter_is_verified_from_then_on(services, clerk, cases):
    settle(services, clerk, cases, way="counter")
    assert [case.trust for case in now(services)] == [Trust.VERIFIED, Trust.CAPTURED]
    assert acts(services, cases[0], Action.PERSON_VERIFIED)


def test_none_of_them_may_be_the_persons(services, clerk, cases):
    assert settle(services, clerk, cases, NONE) == []
    assert {case.status for case in now(services)} == {Status.NOT_TAKEN}
    assert is_whole(services)


def test_when_the_other_was_withdrawn_the_mark_can_still_be_taken_away(services, clerk, cases):
    moved(services, cases[1], Status.WITHDRAWN)
    (stays,) = settle(services, clerk, now(services)[:1])
    assert not stays.conflict
    assert is_whole(services)


@pytest.mark.parametrize("status", sorted(OPEN))
def test_wherever_the_strangers_stands_it_is_closed(services, clerk, cases, status):
    if status != Status.SUBMITTED:
        moved(services, cases[1], status)
    settle(services, clerk, now(services))
    assert now(services)[1].status is Status.NOT_TAKEN
    assert is_whole(services)


def test_a_correction_that_was_begun_ends_with_its_case(services, clerk, cases):
    sent_back = returned(services, cases[1], phone="手机号码无法接通，请填写本人正在使用的号码。")
    draft = submission.reopen(services, sent_back)
    settle(services, clerk, now(services))
    assert services.draft(draft.id).submitted
    assert services.attachments.some(draft.id, ("portrait", "signature")) == {}
    with pytest.raises(MoveRefused):
        submission.reopen(services, now(services)[1])
    with pytest.raises(DraftChanged):
        answer(services, draft, "details", LI.details)
    assert is_whole(services)


def test_who_was_closed_by_mistake_applies_anew_and_is_marked_anew(services, clerk, cases):
    settle(services, clerk, cases)
    again = submitted(services, LI, "counter", "another phone")
    assert [case.conflict for case in now(services)] == [True, False, True]
    assert len(acts(services, cases[0], CONFLICT)) == 2
    assert {case.number for case in conflicts.beside(services, again)} == {cases[0].number, again.number}
    assert is_whole(services)


def test_the_stranger_reads_nothing_but_what_to_do(services, clerk, cases):
    settle(services, clerk, cases)
    (told,) = [event for event in services.applications.events(cases[1].id) if event.target is Status.NOT_TAKEN]
    assert (told.action, told.reason) == ("move", NOT_TAKEN_REASON)


# refused: nothing is done


@pytest.mark.parametrize(
    ("mine", "way", "said"),
    [
        ("YX0", "selfies", "请选择哪一件是本人的"),
        (" ", "selfies", "请选择哪一件是本人的"),
        ("", "", "请选择是怎样认定的"),
        ("", "guess", "请选择是怎样认定的"),
    ],
)
def test_both_answers_are_asked_for(services, clerk, cases, mine, way, said):
    with pytest.raises(InvalidValue, match=said):
        settle(services, clerk, cases, mine, way)
    assert now(services) == cases


def test_selfies_cannot_be_compared_where_there_is_none(services, clerk):
    for owner in ("my phone", "another phone"):
        submitted(services, LI, "counter", owner)
    before = now(services)
    with pytest.raises(InvalidValue, match="没有自拍照可以比对"):
        settle(services, clerk, before)
    assert now(services) == before
    assert is_whole(services)


def test_a_case_without_a_conflict_is_not_closed_by_this(services, clerk):
    case = submitted(services, LI)
    with pytest.raises(ApplicationChanged, match="没有冲突"):
        conflicts.settle(services, case, seen([case]), NONE, "counter", clerk)
    assert now(services) == [case]


def test_a_third_one_that_came_in_between_is_looked_at_first(services, clerk, cases):
    submitted(services, LI, "selfie", "third phone")
    before = now(services)
    with pytest.raises(ApplicationChanged, match="刚刚有了变化"):
        settle(services, clerk, cases)
    assert now(services) == before


@pytest.mark.parametrize("which", [0, 1])
def test_a_version_that_was_not_seen_is_not_closed(services, clerk, cases, which):
    moved(services, cases[which], Status.RETURNED)
    before = now(services)
    with pytest.raises(ApplicationChanged):
        settle(services, clerk, cases)
    assert now(services) == before


@pytest.mark.parametrize("which", [0, 1])
def test_what_a_colleague_has_in_hand_is_the_colleagues(services, clerk, cases, which):
    claiming.claim(services, cases[which], staffed(services, "李科员"))
    before = now(services)
    with pytest.raises(Held, match="李科员已在"):
        settle(services, clerk, before)
    assert now(services) == before
    assert is_whole(services)


@pytest.mark.parametrize("others_choice", [0, 1])
def test_of_two_clerks_in_the_same_second_one_is_told_who_was_faster(services, cases, others_choice):
    clerks = [staffed(services), staffed(services, "李科员")]
    choices = (cases[0].number, cases[others_choice].number)
    done = at_once(
        services,
        *(
            lambda who=who, mine=mine: settle(services, who, cases, mine)
            for who, mine in zip(clerks, choices, strict=True)
        ),
    )
    (lost,) = [outcome for outcome in done if isinstance(outcome, Exception)]
    assert isinstance(lost, ApplicationChanged)
    winner = clerks[1 - done.index(lost)]
    assert f"{winner.name}在12:00已经处理了" in str(lost)
    assert sorted(case.status for case in now(services)) == [Status.NOT_TAKEN, Status.SUBMITTED]
    assert is_whole(services)


def test_one_that_is_submitted_meanwhile_is_never_left_unmarked(services, clerk, cases):
    draft = carry(services, "review", LI, "selfie", "third phone")
    at_once(services, lambda: settle(services, clerk, cases), lambda: submit(services, draft))
    still_open = [case for case in now(services) if case.status in OPEN]
    assert all(case.conflict for case in still_open)
    assert len(still_open) in (2, 3)
    assert is_whole(services)


def test_a_mark_taken_away_beside_the_log_shows(services, clerk, cases):
    settle(services, clerk, cases)
    services.database.run(models.Application.update(conflict=True).where(models.Application.id == cases[0].id))
    assert [finding.text for finding in verify(services.database, services.sealer).findings] == [
        f"办件{cases[0].number}现在的冲突标记与日志不符"
    ]
