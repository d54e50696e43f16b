from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.domain.trust import Trust
from renewal.store import models
from renewal.store.drafts import KEPT, Draft, DraftChanged, new_id
from renewal.store.sealed import Unsealable
from tests.factories import NOON, SAME_FIXTURES, at_once, stored

LATER = NOON + timedelta(minutes=3)


@pytest.fixture
def draft(services):
    return services.drafts.put(Draft("one", answers={"verify": {"name": "李春明"}}), NOON)


def test_ids_are_unlike_each_other_and_fit_into_an_address():
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(draft_id) == 22 and draft_id.replace("-", "").replace("_", "").isalnum() for draft_id in ids)


def test_a_draft_nobody_put_is_none(services):
    assert services.drafts.find("one") is None


answers = st.dictionaries(st.sampled_from(["verify", "details", "notice"]), st.dictionaries(st.text(), st.text()))
histories = st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=3).map(tuple)


@SAME_FIXTURES
@given(answers, histories, st.sampled_from(Trust), st.booleans())
def test_a_draft_comes_back_as_it_was_put(services, kept, history, trust, submitted):
    draft = Draft(new_id(), 0, trust, "index", "owner", None, kept, {}, history, submitted)
    advanced = services.drafts.put(draft, NOON)
    assert advanced == replace(draft, version=1, saved_at=NOON)
    assert services.drafts.find(draft.id) == advanced


def test_each_put_is_the_next_version(services, draft):
    again = services.drafts.put(replace(draft, answers={}), LATER)
    assert (draft.version, again.version) == (1, 2)
    assert services.drafts.find("one") == again


def test_a_stale_draft_is_refused_and_changes_nothing(services, draft):
    newest = services.drafts.put(draft, NOON)
    with pytest.raises(DraftChanged):
        services.drafts.put(replace(draft, answers={"verify": {"name": "张三"}}), LATER)
    assert services.drafts.find("one") == newest


def test_a_draft_that_was_never_stored_cannot_be_moved(services):
    with pytest.raises(DraftChanged):
        services.drafts.put(Draft("nowhere", version=3), NOON)
    assert services.drafts.find("nowhere") is None


def test_of_two_that_begin_the_same_draft_the_second_is_refused(services, draft):
    with pytest.raises(DraftChanged):
        services.drafts.put(Draft("one", answers={"verify": {"name": "张三"}}), LATER)
    assert services.drafts.find("one") == draft


@pytest.mark.parametrize("version", [0, 1])
def test_of_threads_that_put_the_same_version_exactly_one_wins(services, version):
    begun = Draft("one") if version == 0 else services.drafts.put(Draft("one"), NOON)

    def put(writer: int) -> Draft:
        with services.database.transaction():
            return services.drafts.put(replace(begun, answers={"writer": writer}), LATER)

    outcomes = at_once(services, *[lambda writer=writer: put(writer) for writer in range(4)])
    assert Counter(type(outcome) for outcome in outcomes) == {Draft: 1, DraftChanged: 3}
    assert [services.drafts.find("one")] == [outcome for outcome in outcomes if isinstance(outcome, Draft)]


def test_what_is_typed_is_kept_without_a_new_version(services, draft):
    services.drafts.put_typed(draft, {"school": "青岛理"}, LATER)
    kept = services.drafts.find("one")
    assert (kept.version, kept.typed, kept.saved_at) == (1, {"school": "青岛理"}, LATER)
    assert kept.answers == draft.answers


def test_what_is_typed_stays_when_another_step_is_taken(services, draft):
    services.drafts.put_typed(draft, {"school": "青岛理"}, NOON)
    services.drafts.put(draft, LATER)
    assert services.drafts.find("one").typed == {"school": "青岛理"}


def test_typing_on_a_stale_page_is_refused_and_changes_nothing(services, draft):
    newest = services.drafts.put(draft, NOON)
    with pytest.raises(DraftChanged):
        services.drafts.put_typed(draft, {"school": "青岛理"}, LATER)
    assert services.drafts.find("one") == newest


def test_typing_without_a_draft_is_refused(services):
    with pytest.raises(DraftChanged):
        services.drafts.put_typed(Draft("nowhere"), {"school": "青岛理"}, NOON)


def test_nothing_typed_any_more_leaves_no_trace(services, draft):
    services.drafts.put_typed(draft, {"school": "青岛理"}, NOON)
    services.drafts.put_typed(draft, {}, LATER)
    assert stored(services, models.Draft)[0].typed is None
    assert services.drafts.find("one").typed == {}


def test_a_draft_is_found_by_its_resume_code(services):
    found = services.drafts.put(Draft("one", resume_index="a" * 64), NOON)
    services.drafts.put(Draft("other", resume_index="b" * 64), NOON)
    services.drafts.put(Draft("none"), NOON)
    assert services.drafts.by_resume_code("a" * 64) == found
    assert services.drafts.by_resume_code("c" * 64) is None


def test_of_the_drafts_a_browser_began_those_of_the_person_come_newest_first(services):
    first = services.drafts.put(Draft("first", id_index="me"), NOON)
    second = services.drafts.put(Draft("second", id_index="me"), LATER)
    services.drafts.put(Draft("another's", id_index="you"), LATER)
    services.drafts.put(Draft("mine elsewhere", id_index="me"), LATER)
    assert services.drafts.of_person(["first", "another's", "second", "gone"], "me") == [second, first]
    assert services.drafts.of_person([], "me") == []


def test_answers_copied_to_another_draft_do_not_open(services, draft):
    services.database.run(models.Draft.update(id="copy"))
    with pytest.raises(Unsealable):
        services.drafts.find("copy")


def test_typed_and_answers_do_not_open_in_each_others_place(services, draft):
    services.drafts.put_typed(draft, {"school": "青岛理"}, NOON)
    services.database.run(models.Draft.update(answers=models.Draft.typed))
    with pytest.raises(Unsealable):
        services.drafts.find("one")


def test_all_answers_hold_what_is_typed_only_while_something_is():
    assert Draft("one", answers={"verify": {}}).all_answers == {"verify": {}}
    assert Draft("one", answers={"verify": {}}, typed={"school": "青"}).all_answers == {
        "verify": {},
        "typed": {"school": "青"},
    }


def test_what_is_confirmed_waits_no_longer(services, draft):
    services.drafts.put_typed(draft, {"school": "青岛理"}, NOON)
    services.drafts.put(draft, LATER, confirmed=True)
    assert services.drafts.find("one").typed == {}


def test_a_draft_remembers_only_its_last_versions(services, draft):
    for turn in range(KEPT + 5):
        draft = services.drafts.put(replace(draft, history=(*draft.history, ("portrait", f"/{turn}", ""))), NOON)
    kept = services.drafts.find("one")
    assert len(kept.history) == KEPT
    assert [path for _, path, _ in kept.since(kept.version - 2)] == [f"/{KEPT + 3}", f"/{KEPT + 4}"]


def test_a_form_of_longer_ago_than_is_remembered_is_stale(services):
    long_ago = replace(Draft("one"), version=KEPT + 1, history=(("portrait", "/", ""),) * KEPT)
    assert len(long_ago.since(1)) == KEPT
    with pytest.raises(DraftChanged):
        long_ago.since(0)
