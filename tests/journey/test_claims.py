from dataclasses import replace

import pytest
from hypothesis import given

from renewal.domain.trust import Trust
from renewal.journey import steps, submission
from renewal.journey.form_input import Invalid
from renewal.store import models
from renewal.store.drafts import Draft, DraftChanged, new_id
from tests.domain.strategies import han_names, id_numbers
from tests.factories import SAME_FIXTURES, answer, at_once, carry, person, stored, submit, submitted, take
from tests.naughty import NAUGHTY, is_sentence

ME, YOU = person(1), person(2, name="王小丽")


def claim(services, who, draft=None, mine=()):
    draft = draft or Draft(new_id())
    return answer(services, draft, "verify", who.claim, own_drafts=mine)


def where(draft):
    return steps.current(draft.all_answers).name


# 用户核验


def test_an_unknown_person_is_asked_about_registering(services):
    draft = claim(services, ME)
    assert draft.trust is Trust.CLAIMED
    assert draft.answers == {"verify": {**ME.claim, "known": False}}
    assert draft.history[-1][1] == "/renewal/verify"
    assert where(draft) == "register"


def test_a_known_person_goes_to_the_face_at_once(services):
    carry(services, "face", ME)
    draft = claim(services, ME)
    assert draft.answers["verify"]["known"]
    assert draft.history[-1][1] == "/renewal/face"
    assert where(draft) == "face"


@SAME_FIXTURES
@given(han_names, id_numbers)
def test_anybody_with_a_name_and_a_number_begins(services, name, number):
    draft = claim(services, replace(ME, name=name, id_number=number))
    assert draft.answers["verify"] == {"name": name, "id_number": number, "known": False}
    assert services.draft(draft.id) == draft


@pytest.mark.parametrize("field", ["name", "id_number"])
def test_a_wrong_claim_is_told_beside_its_field_and_stores_nothing(services, field):
    draft = Draft(new_id())
    for text in ("", "\u200b", "9" * 400, *NAUGHTY[:3]):
        form = {**ME.claim, field: text}
        with pytest.raises(Invalid) as refused:
            answer(services, draft, "verify", form, own_drafts=[])
        assert set(refused.value.errors) == {field}
        assert is_sentence(refused.value.errors[field])
        assert refused.value.typed == form
    assert len(stored(services, models.Draft)) == 0


def test_the_same_person_in_the_same_browser_goes_on_where_they_were(services):
    begun = carry(services, "attachments", ME)
    assert claim(services, ME, mine=[begun.id]) == begun
    assert claim(services, ME, draft=begun) == begun


def test_a_person_with_two_begun_drafts_goes_on_with_the_one_saved_last(services, clock):
    older = carry(services, "details", ME)
    clock.go_on(minutes=1)
    newer = carry(services, "notice", ME)
    assert claim(services, ME, mine=[older.id, newer.id]) == newer


def test_another_browser_begins_anew_and_is_told_nothing_of_what_is_stored(services):
    carry(services, "attachments", ME)
    stranger = claim(services, ME)
    assert stranger.answers == {"verify": {**ME.claim, "known": True}}
    assert stranger.trust is Trust.CLAIMED
    assert stranger.resume_index is None


def test_a_stranger_cannot_tell_a_begun_draft_from_none(services):
    carry(services, "register", ME)
    begun, none = claim(services, ME), claim(services, YOU)
    assert begun.history[-1][1] == none.history[-1][1]
    assert begun.answers["verify"]["known"] == none.answers["verify"]["known"] is False


def test_the_right_number_under_another_name_does_not_go_on(services):
    begun = carry(services, "attachments", ME)
    other = claim(services, replace(ME, name="张三"), mine=[begun.id])
    assert other.id != begun.id
    assert "details" not in other.answers


def test_a_draft_only_claimed_is_no_draft_to_go_on_with(services):
    claimed = carry(services, "face", ME)
    assert claim(services, ME, mine=[claimed.id]).id != claimed.id


def test_before_any_proof_another_person_takes_the_draft_over(services):
    draft = carry(services, "face", ME)
    taken = claim(services, YOU, draft)
    assert (taken.id, taken.version) == (draft.id, draft.version + 1)
    assert taken.answers == {"verify": {**YOU.claim, "known": False}}
    assert taken.id_index != draft.id_index


def test_after_a_proof_another_person_begins_a_draft_of_their_own(services):
    mine = carry(services, "attachments", ME)
    yours = claim(services, YOU, mine)
    assert yours.id != mine.id
    assert yours.answers == {"verify": {**YOU.claim, "known": False}}
    assert (yours.trust, yours.resume_index) == (Trust.CLAIMED, None)
    assert services.draft(mine.id) == mine


def test_another_persons_claim_posted_twice_begins_one_draft(services):
    mine = carry(services, "attachments", ME)
    first, again = claim(services, YOU, mine), claim(services, YOU, mine)
    assert first.id == again.id
    assert len(stored(services, models.Draft)) == 2


def test_and_so_does_one_posted_twice_at_once(services):
    mine = carry(services, "attachments", ME)
    at_once(services, *[lambda: claim(services, YOU, mine)] * 3)
    assert len(stored(services, models.Draft)) == 2


def test_the_form_that_began_a_draft_does_not_empty_it_when_it_comes_again(services):
    mine = carry(services, "attachments", ME)
    yours = claim(services, YOU, mine)
    while where(yours) != "attachments":
        yours = take(services, yours, YOU)
    late = claim(services, replace(YOU, name="王大丽"), mine, [yours.id])
    assert late.id not in (mine.id, yours.id)
    assert services.draft(yours.id) == yours


def test_whoever_withdrew_begins_anew_from_the_form_they_began_with(services):
    mine = carry(services, "attachments", ME)
    yours = claim(services, YOU, mine)
    while where(yours) != "review":
        yours = take(services, yours, YOU)
    submission.withdraw(services, submit(services, yours))
    anew = claim(services, YOU, mine, [yours.id])
    while where(anew) != "review":
        anew = take(services, anew, YOU)
    assert submit(services, anew).draft_id == anew.id


def test_whose_application_is_open_goes_to_it(services):
    application = submitted(services, ME)
    assert claim(services, ME, mine=[application.draft_id]).id == application.draft_id


def test_whose_application_is_withdrawn_begins_anew(services):
    application = submitted(services, ME)
    submission.withdraw(services, application)
    assert claim(services, ME, mine=[application.draft_id]).id != application.draft_id


# 用户注册


def test_a_registered_person_is_known_from_then_on(services):
    draft = carry(services, "face", ME)
    assert draft.answers == {"verify": {**ME.claim, "known": False}, "register": ME.registration}
    assert services.people.knows(ME.name, ME.id_number)
    assert draft.history[-1][1] == "/renewal/face"


def test_a_name_or_number_put_right_at_registration_counts(services):
    draft = carry(services, "register", ME)
    advanced = answer(services, draft, "register", YOU.registration)
    assert advanced.answers["verify"] == {**YOU.claim, "known": False}
    assert advanced.id_index == services.sealer.index("id_number", YOU.id_number)
    assert not services.people.knows(ME.name, ME.id_number)


@pytest.mark.parametrize("field", ["name", "id_type", "id_number", "phone"])
def test_a_wrong_registration_is_told_and_stores_nothing(services, field):
    draft = carry(services, "register", ME)
    with pytest.raises(Invalid) as refused:
        answer(services, draft, "register", {**ME.registration, field: "?"})
    assert set(refused.value.errors) == {field}
    assert services.draft(draft.id) == draft
    assert len(stored(services, models.Applicant)) == 0


def test_a_registration_on_a_stale_page_registers_nobody(services):
    draft = carry(services, "register", ME)
    claim(services, YOU, draft)
    with pytest.raises(DraftChanged):
        answer(services, draft, "register", ME.registration)
    assert len(stored(services, models.Applicant)) == 0
