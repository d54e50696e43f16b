"""Who applied: seen at the counter, or compared with the photo."""

import pytest

from renewal.domain.application import MoveRefused, Status
from renewal.domain.errors import InvalidValue
from renewal.domain.trust import Trust
from renewal.journey import submission
from renewal.office import claiming, deciding
from renewal.office.acts import Action
from renewal.office.claiming import Held
from renewal.office.identifying import compare_selfie, verify_person
from renewal.selfies import SELFIE_DELETED
from renewal.store.applications import ApplicationChanged
from tests.casework import actions, confirmed, faults, now
from tests.factories import answer, at_once, moved, person, submit, submitted
from tests.staffing import staffed

SHOWN = "身份证原件，与本人一致"


@pytest.fixture
def wang(services):
    return staffed(services, "王科员")


@pytest.fixture
def case(services):
    return confirmed(services, method="selfie")


def selfie(services, case):
    return services.attachments.get(case.draft_id, "selfie")


def test_whoever_was_at_the_counter_is_verified(services, case, wang):
    seen = verify_person(services, case, case.version, wang, SHOWN)
    assert (case.trust, seen.trust, now(services, case).trust) == (Trust.CAPTURED, Trust.VERIFIED, Trust.VERIFIED)
    (event,) = [e for e in services.applications.events(case.id) if e.action == Action.PERSON_VERIFIED]
    assert (event.actor.name, event.reason) == ("王科员", SHOWN)
    assert faults(services) == []


def test_then_no_selfie_is_needed_any_more(services, case, wang):
    assert selfie(services, case)
    verify_person(services, case, case.version, wang, SHOWN)
    assert selfie(services, case) is None
    assert actions(services, case)[-1] == SELFIE_DELETED


def test_it_holds_through_a_correction(services, case, wang):
    seen = verify_person(services, case, case.version, wang, SHOWN)
    back = deciding.give_for_correction(services, seen, seen.version, wang, {"school": "请填写全称。"})
    draft = submission.reopen(services, back)
    again = submit(services, answer(services, draft, "details", {**person(1).details, "school": "山东大学"}))
    assert again.trust is Trust.VERIFIED
    assert deciding.accept(services, again, again.version, wang).status is Status.ACCEPTED


def test_it_does_not_spoil_a_correction_that_is_being_filled_in(services, case, wang):
    back = deciding.give_for_correction(services, case, case.version, wang, {"school": "请填写全称。"})
    draft = submission.reopen(services, back)
    verify_person(services, back, back.version, wang, SHOWN)
    again = submit(services, answer(services, draft, "details", {**person(1).details, "school": "山东大学"}))
    assert again.trust is Trust.VERIFIED


@pytest.mark.parametrize("shown", ["", "  ", "123", "字" * 501])
def test_what_was_shown_has_to_be_said(services, case, wang, shown):
    with pytest.raises(InvalidValue):
        verify_person(services, case, case.version, wang, shown)
    assert now(services, case) == case
    assert selfie(services, case)


def test_once_is_enough(services, case, wang):
    outcomes = at_once(services, *[lambda: verify_person(services, case, case.version, wang, SHOWN)] * 2)
    assert [str(outcome) for outcome in outcomes if isinstance(outcome, Exception)] == ["本人已经核验过了。"]
    assert actions(services, case).count(Action.PERSON_VERIFIED) == 1


@pytest.mark.parametrize(("same", "action"), [(True, Action.SELFIE_SAME), (False, Action.SELFIE_OTHER)])
def test_a_compared_selfie_is_deleted_whatever_it_showed(services, case, wang, same, action):
    compare_selfie(services, case, case.version, wang, same)
    assert selfie(services, case) is None
    assert actions(services, case)[-2:] == [action, SELFIE_DELETED]
    assert now(services, case).clerk == wang.id


def test_somebody_elses_selfie_leads_to_the_counter(services, case, wang):
    compare_selfie(services, case, case.version, wang, same=False)
    with pytest.raises(InvalidValue, match="请本人到窗口核验"):
        deciding.accept(services, case, case.version, wang)
    seen = verify_person(services, case, case.version, wang, SHOWN)
    assert deciding.accept(services, seen, seen.version, wang).status is Status.ACCEPTED


def test_there_is_one_comparison(services, case, wang):
    compare_selfie(services, case, case.version, wang, same=False)
    with pytest.raises(InvalidValue, match="不能再比对"):
        compare_selfie(services, case, case.version, wang, same=True)
    assert Action.SELFIE_SAME not in actions(services, case)


def test_without_a_selfie_there_is_nothing_to_compare(services, wang):
    case = confirmed(services)
    with pytest.raises(InvalidValue, match="不能再比对"):
        compare_selfie(services, case, case.version, wang, same=True)


ACTS = {
    "verify": lambda services, case, version, clerk: verify_person(services, case, version, clerk, SHOWN),
    "compare": lambda services, case, version, clerk: compare_selfie(services, case, version, clerk, True),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_it_is_for_who_has_the_case_in_hand_as_it_is(services, case, wang, act):
    with pytest.raises(ApplicationChanged):
        act(services, case, case.version - 1, wang)
    claiming.claim(services, case, wang)
    with pytest.raises(Held):
        act(services, case, case.version, staffed(services, "赵科员"))
    assert selfie(services, case)


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_a_closed_case_needs_neither(services, wang, act):
    case = moved(services, submitted(services, person(2), "selfie"), Status.WITHDRAWN)
    with pytest.raises(MoveRefused):
        act(services, case, case.version, wang)
