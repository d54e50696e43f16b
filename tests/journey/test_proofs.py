from dataclasses import replace

import pytest
from hypothesis import assume, given

from renewal.domain.trust import Trust
from renewal.journey import filling, identity
from renewal.journey.answers import Invalid
from renewal.journey.identity import tries_left
from renewal.store import models
from renewal.store.drafts import Draft, DraftChanged
from tests.domain.strategies import han_names
from tests.factories import SAME_FIXTURES, at_once, carry, person, portrait_jpeg, posted, submitted
from tests.images.pictures import cat, to_bytes
from tests.naughty import is_sentence

ME, YOU = person(1), person(2)


# 人脸识别


def prove(house, draft, pictures=(), **form):
    return identity.prove(house, draft, posted(draft, "face"), form, pictures)


def test_a_selfie_is_kept_sealed_for_the_clerk(house):
    draft = prove(house, carry(house, "face", ME), [portrait_jpeg()], method="selfie", consent="yes")
    assert draft.trust is Trust.CAPTURED
    assert draft.answers["face"] == {"method": "selfie", "consent": True, "at": house.now().isoformat()}
    kept = house.attachments.get(draft.id, "selfie")
    assert kept.startswith(b"\xff\xd8")
    assert len(draft.answers["selfies"]) == 1
    assert kept[:20] not in models.Attachment.get().sealed


def test_the_counter_needs_neither_picture_nor_consent(house):
    draft = prove(house, carry(house, "face", ME), method="counter")
    assert draft.trust is Trust.CAPTURED
    assert draft.answers["face"]["method"] == "counter"
    assert not draft.answers["face"]["consent"]
    assert models.Attachment.select().count() == 0


@pytest.mark.parametrize("consent", ["yes", "on", "1", "true"])
def test_a_tick_counts_however_a_client_sends_it(house, consent):
    proven = prove(house, carry(house, "face", ME), [portrait_jpeg()], method="selfie", consent=consent)
    assert proven.answers["face"]["consent"] is True


@pytest.mark.parametrize("consent", ["", "no", "0", "off"])
def test_no_selfie_without_consent(house, consent):
    draft = carry(house, "face", ME)
    with pytest.raises(Invalid, match="到窗口核验") as refused:
        prove(house, draft, [portrait_jpeg()], method="selfie", consent=consent)
    assert set(refused.value.errors) == {"consent"}
    assert house.draft(draft.id) == draft
    assert models.Attachment.select().count() == 0


@pytest.mark.parametrize("method", ["", "magic", "SELFIE", "__class__"])
def test_a_way_nobody_offered_is_refused_in_words(house, method):
    with pytest.raises(Invalid, match="请选择一种核验方式"):
        prove(house, carry(house, "face", ME), method=method, consent="yes")


@pytest.mark.parametrize(
    "pictures",
    [[], [b""], [b"not a picture"], [portrait_jpeg()[:2000]], [b"<svg/>"], [b"%PDF-1.7"], [to_bytes(cat())]],
    ids=["none", "empty", "text", "cut", "svg", "pdf", "cat"],
)
def test_a_selfie_that_shows_nobody_is_refused_in_words(house, pictures):
    draft = carry(house, "face", ME)
    with pytest.raises(Invalid) as refused:
        prove(house, draft, pictures, method="selfie", consent="yes")
    assert set(refused.value.errors) == {"selfie"}
    assert is_sentence(refused.value.errors["selfie"])
    assert house.draft(draft.id).trust is draft.trust
    assert models.Attachment.select().count() == 0


def test_after_five_refused_selfies_the_counter_is_the_way(house):
    draft = carry(house, "face", ME)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(Invalid) as refused:
            prove(house, draft, [to_bytes(cat())], method="selfie", consent="yes")
        draft = house.draft(draft.id)
        assert tries_left(draft) == left
        assert (f"还可以试{left}次" if left else "到窗口核验") in refused.value.errors["selfie"]
    with pytest.raises(Invalid, match="到窗口核验"):
        prove(house, draft, [portrait_jpeg()], method="selfie", consent="yes")
    assert prove(house, draft, [], method="counter").trust is Trust.CAPTURED


def test_a_form_without_a_picture_is_no_try(house):
    draft = carry(house, "face", ME)
    with pytest.raises(Invalid):
        prove(house, draft, [], method="selfie", consent="yes")
    assert house.draft(draft.id) == draft


def test_the_proof_makes_the_resume_code(house):
    draft = carry(house, "notice", ME)
    assert len(draft.answers["resume"]) == 14
    assert draft.resume_index == house.sealer.index("resume", draft.answers["resume"].replace("-", ""))


def test_the_resume_code_is_made_once(house):
    draft = carry(house, "face", ME)
    again = replace(draft, answers={**draft.answers, "resume": "2222-3333-4444"})
    assert prove(house, again, method="counter").answers["resume"] == "2222-3333-4444"


def test_two_taps_on_the_face_step_make_one_code(house):
    draft = carry(house, "face", ME)
    outcomes = at_once(house, *[lambda: prove(house, draft, method="counter")] * 3)
    (proven,) = [outcome for outcome in outcomes if isinstance(outcome, Draft)]
    assert house.draft(draft.id).answers["resume"] == proven.answers["resume"]


def test_a_selfie_posted_on_a_stale_page_is_not_kept(house):
    draft = carry(house, "face", ME)
    prove(house, draft, method="counter")
    with pytest.raises(DraftChanged):
        prove(house, draft, [portrait_jpeg()], method="selfie", consent="yes")
    assert models.Attachment.select().count() == 0


# 继续办理


def test_the_code_and_the_number_open_the_draft_elsewhere(house):
    draft = carry(house, "attachments", ME)
    for code in (draft.answers["resume"], draft.answers["resume"].lower().replace("-", " ")):
        assert identity.resume(house, {"code": code, "id_number": ME.id_number}) == draft


def test_one_wrong_of_the_two_is_refused_without_saying_which(house):
    mine, yours = carry(house, "details", ME), carry(house, "details", YOU)
    wrong = (
        {"code": mine.answers["resume"], "id_number": YOU.id_number},
        {"code": yours.answers["resume"], "id_number": ME.id_number},
        {"code": "2222-2222-2222", "id_number": ME.id_number},
        {"code": "2222-2222-2222", "id_number": person(77).id_number},
    )
    sentences = set()
    for form in wrong:
        with pytest.raises(Invalid) as refused:
            identity.resume(house, form)
        sentences.add((*refused.value.errors.items(),))
        assert refused.value.typed == form
    assert len(sentences) == 1
    assert "可以重新申报" in str(sentences)


@SAME_FIXTURES
@given(han_names)
def test_anything_else_for_a_code_is_refused_in_words(house, text):
    assume(len(text) != 12)
    with pytest.raises(Invalid) as refused:
        identity.resume(house, {"code": text, "id_number": ME.id_number})
    assert is_sentence(refused.value.errors["code"])


def test_a_resumed_draft_goes_on_with_its_answers(house):
    draft = carry(house, "details", ME)
    opened = identity.resume(house, {"code": draft.answers["resume"], "id_number": ME.id_number})
    moved = filling.save_details(house, opened, posted(opened, "details"), ME.details)
    assert moved.answers["details"] == ME.details


def test_a_submitted_draft_is_found_by_its_code_too(house):
    application = submitted(house, ME)
    code = application.answers["resume"]
    assert identity.resume(house, {"code": code, "id_number": ME.id_number}).id == application.draft_id
