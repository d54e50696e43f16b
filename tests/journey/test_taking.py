"""Which forms are taken, and which have been."""

from dataclasses import replace

import pytest

from renewal.journey.form_input import FormInput, Repeated
from renewal.journey.taking import check
from renewal.store.drafts import Draft, DraftChanged
from tests.factories import at_once, carry, person, posted, submitted, take


def test_a_draft_nobody_stored_is_a_new_one(services):
    assert services.draft("one") == Draft("one")


def test_forms_are_read_by_the_day_in_china(services, clock):
    assert f"{services.rules.today}" == "2026-06-15"
    clock.go_on(hours=12)
    assert f"{services.rules.today}" == "2026-06-16", "00:00 in China, still the 15th in London"


def test_a_form_of_the_open_step_and_this_version_is_taken(services):
    draft = carry(services, "notice")
    check(draft, posted(draft, "notice"))


def test_an_earlier_step_that_is_open_may_be_taken_again(services):
    draft = carry(services, "commitment")
    check(draft, posted(draft, "details"))
    check(draft, posted(draft, "notice"))


@pytest.mark.parametrize("step", ["details", "commitment", "review"])
def test_a_skipped_step_is_refused(services, step):
    draft = carry(services, "notice")
    with pytest.raises(DraftChanged):
        check(draft, posted(draft, step))


@pytest.mark.parametrize("step", ["register", "face"])
def test_a_proof_taken_once_is_closed(services, step):
    draft = carry(services, "notice")
    with pytest.raises(DraftChanged):
        check(draft, posted(draft, step))


def test_a_repeated_form_is_told_where_the_first_one_led(services):
    before = carry(services, "notice")
    after = take(services, before, person())
    with pytest.raises(Repeated, match="/renewal/details") as repeated:
        check(after, posted(before, "notice", fingerprint=after.history[-1][2]))
    assert repeated.value.same


def test_a_repeat_that_says_something_else_is_known_for_it(services):
    before = carry(services, "notice")
    after = take(services, before, person())
    with pytest.raises(Repeated) as repeated:
        check(after, posted(before, "notice", fingerprint="other contents"))
    assert not repeated.value.same


def test_a_repeat_is_known_however_far_the_draft_went_on(services):
    before = carry(services, "notice")
    after = take(services, before, person())
    for _ in range(3):
        after = take(services, after, person())
    with pytest.raises(Repeated, match="/renewal/details"):
        check(after, posted(before, "notice"))


def test_a_form_of_another_step_at_a_used_version_is_stale(services):
    before = carry(services, "commitment")
    after = take(services, before, person())
    with pytest.raises(DraftChanged):
        check(after, posted(before, "details"))


@pytest.mark.parametrize("step", ["verify", "register", "notice", "review"])
def test_nothing_is_taken_for_a_draft_that_was_submitted(services, step):
    draft = services.draft(submitted(services).draft_id)
    with pytest.raises(DraftChanged):
        check(draft, posted(draft, step))


def test_a_form_of_a_version_to_come_is_refused(services):
    draft = carry(services, "notice")
    with pytest.raises(DraftChanged):
        check(draft, FormInput("notice", draft.version + 1, ""))


def test_every_version_stands_in_the_history_with_where_it_led(services):
    draft = carry(services, "review")
    assert draft.version == len(draft.history)
    assert [step for step, _, _ in draft.history] == [
        *("verify", "register", "face", "notice", "details", "portrait", "signature", "commitment")
    ]
    assert draft.history[0][1] == "/renewal/verify", "the question of the manual comes before 用户注册"
    assert draft.history[-1][1] == "/renewal/review"


def test_two_tabs_that_post_the_same_form_at_once_advance_it_once(services):
    before = carry(services, "notice")
    outcomes = at_once(services, *[lambda: take(services, before, person())] * 3)
    assert services.draft(before.id).version == before.version + 1
    assert [type(outcome) for outcome in outcomes].count(Repeated) == 2


def test_a_move_that_cannot_be_stored_changes_nothing(services):
    draft = carry(services, "notice")
    stale = replace(draft, version=draft.version - 1, history=draft.history[:-1])
    with pytest.raises(DraftChanged):
        take(services, stale, person())
    assert services.draft(draft.id) == draft
