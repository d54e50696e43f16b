"""人脸核身 by a provider: what raises trust, what does not, and that nothing is lost. Over HTTP, to strict doubles."""

from dataclasses import replace

import pytest

from renewal.attempts import Visitor
from renewal.domain.trust import Trust
from renewal.journey import identity
from renewal.journey.form_input import Invalid, Repeated
from renewal.journey.identity import GOOD_FOR, NOT_YOURS, OVER, SET_OUT_WITHIN, TOO_LATE, TROUBLE, NotProven, settle
from renewal.journey.steps import current
from renewal.journey.steps.face import SET_OUT
from renewal.journey.taking import take
from renewal.store import models
from renewal.store.audit import verify
from renewal.store.drafts import Draft, DraftChanged, new_id
from renewal.store.face_orders import OrderState
from renewal.verification.provider import NotFinished
from tests.doubles.faces import DOUBLES
from tests.doubles.serving import listening
from tests.doubles.walking import BACK, asked, been_there, set_out, with_provider
from tests.factories import VISITOR, answer, at_once, carry, person, posted, returned, stored, submit, submitted
from tests.factories import take as on

ELSEWHERE = Visitor("another phone", VISITOR.address)


@pytest.fixture(params=DOUBLES)
def double(request):
    with listening(DOUBLES[request.param]()) as double:
        double.name = request.param
        yield double


@pytest.fixture
def office(services, double):
    return with_provider(services, double.name, double)


def why(act) -> str:
    with pytest.raises(NotProven) as problem:
        act()
    return str(problem.value)


def state(services, order):
    return services.face_orders.find(order.id).state


def test_the_providers_word_verifies_the_person(office, double):
    order = been_there(office, double)
    draft = settle(office, order.id, VISITOR)
    assert draft.trust is Trust.VERIFIED
    assert draft.answers["face"] == {"method": double.name, "consent": True, "at": office.now().isoformat()}
    assert draft.answers["resume"]
    assert office.draft(draft.id) == draft
    sent = double.orders[order.id]
    assert (sent["name"], sent["id_number"]) == (person(1).name, person(1).id_number)


def test_of_the_check_only_result_order_and_time_are_kept(office, double):
    order = been_there(office, double)
    settle(office, order.id, VISITOR)
    (kept,) = stored(office, models.FaceOrder)
    assert (kept.sealed, kept.state, kept.settled_at) == (None, OrderState.PASSED, office.now())
    assert kept.code in ("0", "200")
    assert stored(office, models.Attachment) == []


def test_no_order_without_consent(office, double):
    draft = carry(office, "face", person(1))
    with pytest.raises(Invalid, match="勾选授权；不愿意刷脸的，请点“改用自拍，或者到窗口”"):
        answer(office, draft, "face", {"method": double.name})
    assert stored(office, models.FaceOrder) == []


def test_a_form_sent_twice_is_one_order(office, double):
    draft = carry(office, "face", person(1))
    form = posted(draft, "face", {"method": double.name, "consent": "yes"})
    assert take(office, draft, form).path == SET_OUT
    with pytest.raises(Repeated) as repeated:
        take(office, office.draft(draft.id), form)
    assert repeated.value.path == SET_OUT
    assert len(stored(office, models.FaceOrder)) == 1


def test_who_sets_out_twice_goes_to_the_same_page(office, double):
    order = asked(office)
    assert set_out(office, order) == set_out(office, order)
    assert len(double.orders) == 1


def test_of_two_taps_at_once_the_first_page_counts(office, double):
    order = asked(office)  # as both read it
    first, second = (identity.start(office, order, VISITOR, BACK, "Mobile") for _ in range(2))
    assert first == second
    assert state(office, order) is OrderState.STARTED


def test_a_double_return_is_as_good_as_one(office, double):
    order = been_there(office, double)
    assert settle(office, order.id, VISITOR) == settle(office, order.id, VISITOR)
    order_again = at_once(office, *[lambda: settle(office, order.id, VISITOR)] * 3)
    assert {draft.version for draft in order_again} == {office.draft(order.draft_id).version}


def test_two_returns_at_the_same_moment_are_one(office, double):
    order = been_there(office, double)
    first, second = at_once(office, *[lambda: settle(office, order.id, VISITOR)] * 2)
    assert first.version == second.version
    assert first.trust is Trust.VERIFIED


def test_back_before_the_end_there_is_no_result_yet_and_later_there_is(office, double):
    order = asked(office)
    assert why(lambda: settle(office, order.id, VISITOR)) == OVER  # before the redirect
    set_out(office, order)
    with pytest.raises(NotFinished):
        settle(office, order.id, VISITOR)
    assert office.draft(order.draft_id).trust is Trust.CLAIMED


def test_whoever_does_not_pass_may_try_again_or_go_another_way(office, double):
    order = been_there(office, double, passed=False)
    assert "没有认出是本人。可以再试一次" in why(lambda: settle(office, order.id, VISITOR))
    assert why(lambda: settle(office, order.id, VISITOR)) == OVER
    draft = office.draft(order.draft_id)
    assert draft.trust is Trust.CLAIMED
    assert (
        settle(office, been_there(office, double, order=asked(office, draft=draft)).id, VISITOR).trust is Trust.VERIFIED
    )


def test_another_browser_ends_the_order_and_gets_nothing(office, double):
    order = been_there(office, double)
    assert why(lambda: settle(office, order.id, ELSEWHERE)) == NOT_YOURS
    assert state(office, order) is OrderState.VOID
    assert why(lambda: settle(office, order.id, VISITOR)) == OVER
    assert office.draft(order.draft_id).trust is Trust.CLAIMED


def test_an_order_that_is_ended_while_the_provider_is_asked_verifies_nobody(office, double, monkeypatch):
    order, result = been_there(office, double), office.face.result

    def ended_meanwhile(*asked):
        assert why(lambda: settle(office, order.id, ELSEWHERE)) == NOT_YOURS
        return result(*asked)

    monkeypatch.setattr(office.face, "result", ended_meanwhile)
    assert why(lambda: settle(office, order.id, VISITOR)) == OVER
    assert office.draft(order.draft_id).trust is Trust.CLAIMED


def test_another_browser_learns_nothing_of_an_order_that_passed(office, double):
    order = been_there(office, double)
    settle(office, order.id, VISITOR)
    assert why(lambda: settle(office, order.id, ELSEWHERE)) == NOT_YOURS
    assert state(office, order) is OrderState.PASSED


def test_who_comes_back_late_begins_anew(office, double, clock):
    order = been_there(office, double)
    clock.moment += GOOD_FOR
    clock.go_on(seconds=1)
    assert why(lambda: settle(office, order.id, VISITOR)) == TOO_LATE
    assert state(office, order) is OrderState.VOID


def test_twenty_minutes_away_are_no_matter(office, double, clock):
    order = been_there(office, double)
    clock.go_on(minutes=20)
    assert settle(office, order.id, VISITOR).trust is Trust.VERIFIED


def test_a_page_that_would_not_open_any_more_is_not_gone_to(office, double, clock):
    order = asked(office)
    clock.moment += SET_OUT_WITHIN
    clock.go_on(seconds=1)
    assert why(lambda: set_out(office, order)) == TOO_LATE
    assert double.orders == {}


def test_an_order_about_another_person_verifies_nobody(office, double):
    order = been_there(office, double)
    draft = answer(office, office.draft(order.draft_id), "verify", person(2).claim)
    assert draft.id == order.draft_id
    assert why(lambda: settle(office, order.id, VISITOR)) == OVER
    assert office.draft(draft.id).trust is Trust.CLAIMED


def test_an_order_nobody_asked_for_is_none(office):
    assert why(lambda: settle(office, "f" * 32, VISITOR)) == OVER


@pytest.mark.parametrize("mood", ["html", "cut", "busy"])
def test_a_provider_that_is_down_sends_nobody_away_for_good(office, double, mood):
    order = asked(office)
    double.mood = mood
    assert why(lambda: set_out(office, order)) == TROUBLE
    assert state(office, order) is OrderState.FAILED
    draft = office.draft(order.draft_id)
    assert on(office, draft, person(1)).trust is Trust.CAPTURED  # the counter


def test_a_provider_that_fails_after_the_check_is_asked_again(office, double):
    order = been_there(office, double)
    double.mood = "html"
    with pytest.raises(NotFinished):
        settle(office, order.id, VISITOR)
    double.mood = ""
    assert settle(office, order.id, VISITOR).trust is Trust.VERIFIED


def test_an_office_that_ended_its_contract_says_so(office, double):
    order = been_there(office, double)
    assert why(lambda: settle(replace(office, face=None), order.id, VISITOR)) == TROUBLE


def test_orders_cost_money_and_are_few(office, double):
    draft = asked(office).draft_id
    for _ in range(3):
        asked(office, draft=office.draft(draft))
    with pytest.raises(Invalid, match="分钟再试"):
        asked(office, draft=office.draft(draft))
    asked(office, Visitor("the owner's phone", "198.51.100.9"), carry(office, "face", person(1)))


def test_one_phone_asks_for_few_people_a_day(office, monkeypatch):
    for serial in range(20):
        asked(office, draft=carry(office, "face", person(serial)))
    with pytest.raises(Invalid, match="试得太多"):
        asked(office, draft=carry(office, "face", person(20)))


def test_a_provider_is_not_asked_without_end_how_an_order_stands(office, double):
    order = asked(office)
    set_out(office, order)
    for _ in range(45):
        with pytest.raises(NotFinished):
            settle(office, order.id, VISITOR)
    assert sum("Describe" in path or "queryfacerecord" in path or path == "/" for path in double.asked) <= 41


def test_whom_the_provider_cannot_look_up_is_not_sent_there(office):
    assert identity.offered(office, carry(office, "face", person(1))) is office.face
    permit = replace(Draft(new_id()), answers={"verify": {"id_number": "830000198003070057", "name": "李"}})
    assert identity.offered(office, permit) is None
    assert identity.offered(office, Draft(new_id())) is None


# What the office sees of it


def test_a_case_says_by_which_order_its_person_is_known(office, double):
    order = been_there(office, double)
    draft = settle(office, order.id, VISITOR)
    while current(draft.all_answers).name != "review":
        draft = on(office, draft, person(1))
    case = submit(office, draft)
    assert (case.trust, case.method) == (Trust.VERIFIED, double.name)
    (event,) = [event for event in office.applications.events(case.id) if event.action == "face_verified"]
    assert order.id in event.reason
    assert verify(office.database, office.sealer).findings == []


def test_who_sent_a_selfie_may_be_verified_later_and_the_selfie_goes(office, double):
    case = submitted(office, person(1), "selfie")
    order = _upgrade(office, double, case)
    settle(office, order.id, VISITOR)
    seen = office.applications.get(case.id)
    assert (seen.trust, office.draft(case.draft_id).trust) == (Trust.VERIFIED, Trust.VERIFIED)
    assert office.attachments.get(case.draft_id, "selfie") is None
    actions = [event.action for event in office.applications.events(case.id)]
    assert actions[-2:] == ["face_verified", "selfie_deleted"]
    assert verify(office.database, office.sealer).findings == []


def test_a_correction_that_is_open_goes_on(office, double):
    case = submitted(office, person(1))
    case = returned(office, case, school="请写全称")
    order = _upgrade(office, double, case)
    before = office.draft(case.draft_id)
    assert settle(office, order.id, VISITOR).version == before.version


def test_trust_raised_beside_the_log_is_found_out(office):
    case = submitted(office, person(1))
    office.database.run(models.Application.update(trust=Trust.VERIFIED).where(models.Application.id == case.id))
    (finding,) = verify(office.database, office.sealer).findings
    assert "本人核验与日志不符" in finding.text


def test_a_form_filled_in_meanwhile_is_stale_but_not_lost(office, double):
    order = been_there(office, double)
    shown = posted(office.draft(order.draft_id), "face", {"method": "counter"})
    settle(office, order.id, VISITOR)
    with pytest.raises(DraftChanged):
        take(office, office.draft(order.draft_id), shown)


def _upgrade(office, double, case):
    order = identity.ask(office, office.face, office.draft(case.draft_id), VISITOR)
    office.face_orders.put(order)
    return been_there(office, double, order=order)
