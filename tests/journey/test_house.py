"""Which forms are taken, and which have been."""

from dataclasses import replace

import pytest

from renewal.journey.answers import Posted, Repeated
from renewal.store.drafts import Draft, DraftChanged
from tests.factories import at_once, carry, person, posted, submitted, take


def test_a_draft_nobody_stored_is_a_new_one(house):
    assert house.draft("one") == Draft("one")


def test_the_house_reads_forms_by_the_day_in_china(house, clock):
    assert f"{house.rules.today}" == "2026-06-15"
    clock.go_on(hours=12)
    assert f"{house.rules.today}" == "2026-06-16", "00:00 in China, still the 15th in London"


def test_a_form_of_the_open_step_and_this_version_is_taken(house):
    draft = carry(house, "notice")
    house.check(draft, posted(draft, "notice"))


def test_an_earlier_step_that_is_open_may_be_taken_again(house):
    draft = carry(house, "commitment")
    house.check(draft, posted(draft, "details"))
    house.check(draft, posted(draft, "notice"))


@pytest.mark.parametrize("step", ["details", "commitment", "review"])
def test_a_skipped_step_is_refused(house, step):
    draft = carry(house, "notice")
    with pytest.raises(DraftChanged):
        house.check(draft, posted(draft, step))


@pytest.mark.parametrize("step", ["register", "face"])
def test_a_proof_taken_once_is_shut(house, step):
    draft = carry(house, "notice")
    with pytest.raises(DraftChanged):
        house.check(draft, posted(draft, step))


def test_a_repeated_form_is_told_where_the_first_one_led(house):
    before = carry(house, "notice")
    after = take(house, before, person())
    with pytest.raises(Repeated, match="/renewal/details") as repeated:
        house.check(after, posted(before, "notice"))
    assert repeated.value.same


def test_a_repeat_that_says_something_else_is_known_for_it(house):
    before = carry(house, "notice")
    after = take(house, before, person())
    with pytest.raises(Repeated) as repeated:
        house.check(after, posted(before, "notice", mark="other contents"))
    assert not repeated.value.same


def test_a_repeat_is_known_however_far_the_draft_went_on(house):
    before = carry(house, "notice")
    after = take(house, before, person())
    for _ in range(3):
        after = take(house, after, person())
    with pytest.raises(Repeated, match="/renewal/details"):
        house.check(after, posted(before, "notice"))


def test_a_form_of_another_step_at_a_used_version_is_stale(house):
    before = carry(house, "commitment")
    after = take(house, before, person())
    with pytest.raises(DraftChanged):
        house.check(after, posted(before, "details"))


@pytest.mark.parametrize("step", ["verify", "register", "notice", "review"])
def test_nothing_is_taken_for_a_draft_that_was_submitted(house, step):
    draft = house.draft(submitted(house).draft_id)
    with pytest.raises(DraftChanged):
        house.check(draft, posted(draft, step))


def test_a_form_of_a_version_to_come_is_refused(house):
    draft = carry(house, "notice")
    with pytest.raises(DraftChanged):
        house.check(draft, Posted("notice", draft.version + 1, ""))


def test_every_version_stands_on_the_trail_with_where_it_led(house):
    draft = carry(house, "review")
    assert draft.version == len(draft.trail)
    assert [step for step, _, _ in draft.trail] == [
        *("verify", "register", "face", "notice", "details", "portrait", "signature", "commitment")
    ]
    assert draft.trail[0][1] == "/renewal/verify", "the question of the manual comes before 用户注册"
    assert draft.trail[-1][1] == "/renewal/review"


def test_two_tabs_that_post_the_same_form_at_once_advance_it_once(house):
    before = carry(house, "notice")
    outcomes = at_once(house, *[lambda: take(house, before, person())] * 3)
    assert house.draft(before.id).version == before.version + 1
    assert [type(outcome) for outcome in outcomes].count(DraftChanged) == 2


def test_a_move_that_cannot_be_stored_changes_nothing(house):
    draft = carry(house, "notice")
    stale = replace(draft, version=draft.version - 1)
    with pytest.raises(DraftChanged):
        house.save(stale, posted(stale, "notice"))
    assert house.draft(draft.id) == draft
