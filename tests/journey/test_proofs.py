from dataclasses import replace

import pytest
from hypothesis import assume, given

from renewal.attempts import Visitor
from renewal.domain.trust import Trust
from renewal.journey.form_input import Invalid, Repeated
from renewal.journey.resume import resume
from renewal.journey.steps.face import NO_TRIES_LEFT, tries_left
from renewal.store import models
from renewal.store.drafts import Draft
from renewal.verification import PROVIDERS
from renewal.verification.selfie import Selfie
from tests.domain.strategies import han_names
from tests.factories import SAME_FIXTURES, VISITOR, answer, at_once, carry, person, portrait_jpeg, stored, submitted
from tests.images.pictures import cat, to_bytes
from tests.naughty import is_sentence

ME, YOU = person(1), person(2)


# 人脸识别


def prove(services, draft, pictures=(), visitor=VISITOR, **form):
    return answer(services, draft, "face", form, pictures, visitor=visitor)


def test_a_selfie_is_kept_sealed_for_the_clerk(services):
    draft = prove(services, carry(services, "face", ME), [portrait_jpeg()], method="selfie", consent="yes")
    assert draft.trust is Trust.CAPTURED
    assert draft.answers["face"] == {"method": "selfie", "consent": True, "at": services.now().isoformat()}
    kept = services.attachments.get(draft.id, "selfie")
    assert kept.startswith(b"\xff\xd8")
    assert len(draft.answers["selfies"]) == 1
    assert kept[:20] not in stored(services, models.Attachment)[0].sealed


def test_the_counter_needs_neither_picture_nor_consent(services):
    draft = prove(services, carry(services, "face", ME), method="counter")
    assert draft.trust is Trust.CAPTURED
    assert draft.answers["face"]["method"] == "counter"
    assert not draft.answers["face"]["consent"]
    assert len(stored(services, models.Attachment)) == 0


@pytest.mark.parametrize("consent", ["yes", "on", "1", "true"])
def test_a_tick_counts_however_a_client_sends_it(services, consent):
    proven = prove(services, carry(services, "face", ME), [portrait_jpeg()], method="selfie", consent=consent)
    assert proven.answers["face"]["consent"] is True


@pytest.mark.parametrize("consent", ["", "no", "0", "off"])
def test_no_selfie_without_consent(services, consent):
    draft = carry(services, "face", ME)
    with pytest.raises(Invalid, match="到窗口核验") as refused:
        prove(services, draft, [portrait_jpeg()], method="selfie", consent=consent)
    assert set(refused.value.errors) == {"consent"}
    assert services.draft(draft.id) == draft
    assert len(stored(services, models.Attachment)) == 0


@pytest.mark.parametrize("method", ["", "magic", "SELFIE", "__class__"])
def test_a_way_nobody_offered_is_refused_in_words(services, method):
    with pytest.raises(Invalid, match="请选择一种核验方式"):
        prove(services, carry(services, "face", ME), method=method, consent="yes")


@pytest.mark.parametrize(
    "pictures",
    [[], [b""], [b"not a picture"], [portrait_jpeg()[:2000]], [b"<svg/>"], [b"%PDF-1.7"], [to_bytes(cat())]],
    ids=["none", "empty", "text", "cut", "svg", "pdf", "cat"],
)
def test_a_selfie_that_shows_nobody_is_refused_in_words(services, pictures):
    draft = carry(services, "face", ME)
    with pytest.raises(Invalid) as refused:
        prove(services, draft, pictures, method="selfie", consent="yes")
    assert set(refused.value.errors) == {"selfie"}
    assert is_sentence(refused.value.errors["selfie"])
    assert services.draft(draft.id).trust is draft.trust
    assert len(stored(services, models.Attachment)) == 0


def test_after_five_refused_selfies_the_counter_is_the_way(services):
    draft = carry(services, "face", ME)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(Invalid) as refused:
            prove(services, draft, [to_bytes(cat())], method="selfie", consent="yes")
        draft = services.draft(draft.id)
        assert tries_left(services, draft, VISITOR) == left
        assert (f"还可以试{left}次" if left else "到窗口核验") in refused.value.errors["selfie"]
    with pytest.raises(Invalid, match="到窗口核验"):
        prove(services, draft, [portrait_jpeg()], method="selfie", consent="yes")
    assert prove(services, draft, [], method="counter").trust is Trust.CAPTURED


def refuse(services, draft, visitor=VISITOR):
    """Send a selfie that shows nobody; what is said of it."""
    with pytest.raises(Invalid) as refused:
        prove(services, draft, [to_bytes(cat())], visitor, method="selfie", consent="yes")
    return str(refused.value)


def test_verifying_again_buys_no_further_selfie(services):
    for left in (4, 3, 2, 1, 0):
        assert (f"还可以试{left}次" if left else "不能再试") in refuse(services, carry(services, "face", ME))
    assert refuse(services, carry(services, "face", ME)) == NO_TRIES_LEFT


@pytest.mark.parametrize("other", [Visitor(VISITOR.device, "198.51.100.1"), Visitor("forgetful", VISITOR.address)])
def test_neither_another_address_nor_a_browser_that_forgot_buys_a_further_selfie(services, other):
    draft = carry(services, "face", ME)
    for _ in range(5):
        refuse(services, draft)
        draft = services.draft(draft.id)
    assert tries_left(services, draft, other) == 0
    assert refuse(services, draft, other) == NO_TRIES_LEFT


def test_a_stranger_uses_up_nobodys_selfies_but_those_of_its_own_address(services):
    for _ in range(6):
        refuse(services, carry(services, "face", ME), Visitor("stranger", "198.51.100.1"))
    mine = carry(services, "face", ME)
    assert tries_left(services, mine, VISITOR) == 5
    assert tries_left(services, carry(services, "face", YOU), Visitor("stranger", "198.51.100.1")) == 5
    assert prove(services, mine, [portrait_jpeg()], method="selfie", consent="yes").trust is Trust.CAPTURED


def test_a_day_later_there_are_five_again(services, clock):
    draft = carry(services, "face", ME)
    refuse(services, draft)
    clock.go_on(hours=24)
    assert tries_left(services, draft, VISITOR) == 5


def test_many_selfies_at_once_are_no_more_than_five(services):
    draft = carry(services, "face", ME)
    outcomes = at_once(services, *[lambda: refuse(services, draft)] * 8)
    assert len([said for said in outcomes if said == NO_TRIES_LEFT]) >= 3
    assert tries_left(services, draft, VISITOR) == 0


def test_a_try_is_counted_before_the_selfie_is_looked_at(services, monkeypatch):
    monkeypatch.setitem(PROVIDERS, "selfie", Broken())
    draft = carry(services, "face", ME)
    with pytest.raises(ZeroDivisionError):
        prove(services, draft, [portrait_jpeg()], method="selfie", consent="yes")
    assert tries_left(services, draft, VISITOR) == 4


class Broken(Selfie):
    def prove(self, pictures, earlier, /):
        raise ZeroDivisionError


def test_who_has_passed_begins_anew(services):
    draft = carry(services, "face", ME)
    refuse(services, draft)
    prove(services, services.draft(draft.id), [portrait_jpeg()], method="selfie", consent="yes")
    assert tries_left(services, draft, VISITOR) == 5


def test_a_form_without_a_picture_is_no_try(services):
    draft = carry(services, "face", ME)
    with pytest.raises(Invalid):
        prove(services, draft, [], method="selfie", consent="yes")
    assert services.draft(draft.id) == draft


def test_the_proof_makes_the_resume_code(services):
    draft = carry(services, "notice", ME)
    assert len(draft.answers["resume"]) == 14
    assert draft.resume_index == services.sealer.index("resume", draft.answers["resume"].replace("-", ""))


def test_the_resume_code_is_made_once(services):
    draft = carry(services, "face", ME)
    again = replace(draft, answers={**draft.answers, "resume": "2222-3333-4444"})
    assert prove(services, again, method="counter").answers["resume"] == "2222-3333-4444"


def test_two_taps_on_the_face_step_make_one_code(services):
    draft = carry(services, "face", ME)
    outcomes = at_once(services, *[lambda: prove(services, draft, method="counter")] * 3)
    (proven,) = [outcome for outcome in outcomes if isinstance(outcome, Draft)]
    assert services.draft(draft.id).answers["resume"] == proven.answers["resume"]


def test_a_selfie_posted_on_a_stale_page_is_not_kept(services):
    draft = carry(services, "face", ME)
    prove(services, draft, method="counter")
    with pytest.raises(Repeated):
        prove(services, draft, [portrait_jpeg()], method="selfie", consent="yes")
    assert len(stored(services, models.Attachment)) == 0


# 继续办理


def test_the_code_and_the_number_open_the_draft_elsewhere(services):
    draft = carry(services, "attachments", ME)
    for code in (draft.answers["resume"], draft.answers["resume"].lower().replace("-", " ")):
        assert resume(services, {"code": code, "id_number": ME.id_number}) == draft


def test_one_wrong_of_the_two_is_refused_without_saying_which(services):
    mine, yours = carry(services, "details", ME), carry(services, "details", YOU)
    wrong = (
        {"code": mine.answers["resume"], "id_number": YOU.id_number},
        {"code": yours.answers["resume"], "id_number": ME.id_number},
        {"code": "2222-2222-2222", "id_number": ME.id_number},
        {"code": "2222-2222-2222", "id_number": person(77).id_number},
    )
    sentences = set()
    for form in wrong:
        with pytest.raises(Invalid) as refused:
            resume(services, form)
        sentences.add((*refused.value.errors.items(),))
        assert refused.value.typed == form
    assert len(sentences) == 1
    assert "可以重新申报" in str(sentences)


@SAME_FIXTURES
@given(han_names)
def test_anything_else_for_a_code_is_refused_in_words(services, text):
    assume(len(text) != 12)
    with pytest.raises(Invalid) as refused:
        resume(services, {"code": text, "id_number": ME.id_number})
    assert is_sentence(refused.value.errors["code"])


def test_a_resumed_draft_goes_on_with_its_answers(services):
    draft = carry(services, "details", ME)
    opened = resume(services, {"code": draft.answers["resume"], "id_number": ME.id_number})
    advanced = answer(services, opened, "details", ME.details)
    assert advanced.answers["details"] == ME.details


def test_a_submitted_draft_is_found_by_its_code_too(services):
    application = submitted(services, ME)
    code = application.answers["resume"]
    assert resume(services, {"code": code, "id_number": ME.id_number}).id == application.draft_id
