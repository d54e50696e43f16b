from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal import steps
from renewal.domain.commitment import REFUSED_EXPLANATION, VERSION
from renewal.journey import filling
from renewal.journey.answers import Invalid
from renewal.steps.details import FIELDS
from renewal.steps.notice import ALL
from renewal.store.drafts import DraftChanged
from tests.factories import SAME_FIXTURES, at_once, carry, house_in, person, posted, take
from tests.naughty import anything, is_sentence

ME = person(1)
NAMES = [field.name for field in FIELDS]


def save(house, draft, **changes):
    return filling.save_details(house, draft, posted(draft, "details"), {**ME.details, **changes})


def stored(house, draft):
    return house.draft(draft.id)


# 申报须知


def read(house, clauses):
    draft = carry(house, "notice", ME)
    return filling.read_notice(house, draft, posted(draft, "notice"), clauses)


def test_a_notice_read_to_the_end_is_kept_with_its_time(house):
    draft = read(house, [*ALL])
    assert draft.answers["notice"] == {"read": sorted(ALL), "at": "2026-06-15T04:00:00+00:00"}
    assert draft.trail[-1][1] == "/renewal/details"


def test_no_clause_may_be_left_out(house):
    for missing in ALL:
        with pytest.raises(Invalid, match="全选"):
            read(house, [clause for clause in ALL if clause != missing])


def test_ticks_nobody_offered_are_not_kept(house):
    assert read(house, [*ALL, "all", "<script>"]).answers["notice"]["read"] == sorted(ALL)


# 申报信息


@pytest.fixture
def draft(house):
    return carry(house, "details", ME)


def test_good_details_are_stored_and_go_on(house, draft):
    moved = save(house, draft)
    assert moved.answers["details"] == ME.details
    assert moved.trail[-1][1] == "/renewal/attachments"
    assert stored(house, draft) == moved


def test_the_claimed_person_and_what_the_number_tells_are_locked(house, draft):
    fixed = ("name", "sex", "id_type", "id_number", "birth_date")
    assert filling.locked(house, draft) == {name: ME.details[name] for name in fixed}


def test_locked_answers_need_not_be_posted(house, draft):
    rest = {name: value for name, value in ME.details.items() if name not in filling.locked(house, draft)}
    assert filling.save_details(house, draft, posted(draft, "details"), rest).answers["details"] == ME.details


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("name", "张三"),
        ("sex", "女"),
        ("id_type", "港澳台居民居住证"),
        ("id_number", person(9).id_number),
        ("birth_date", "1980/03/08"),
    ],
)
def test_another_answer_in_a_locked_place_is_refused(house, draft, name, other):
    with pytest.raises(Invalid) as refused:
        save(house, draft, **{name: other})
    assert set(refused.value.errors) == {name}
    assert "重新核验身份" in refused.value.errors[name]


def test_an_old_foreigners_number_leaves_sex_and_birth_date_to_be_filled_in(house):
    foreigner = replace(ME, name="Anna Smith", id_number="USA110180010101")
    as_foreigner = {**foreigner.registration, "id_type": "外国人永久居留身份证"}
    who = type("Foreigner", (), {"claim": foreigner.claim, "registration": as_foreigner})()
    draft = carry(house, "details", who)
    assert set(filling.locked(house, draft)) == {"name", "id_type", "id_number"}
    moved = filling.save_details(
        house, draft, posted(draft, "details"), {**foreigner.details, **as_foreigner, "sex": "女"}
    )
    assert moved.answers["details"]["sex"] == "女"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("employer_code", "specialty_2")])
def test_a_missing_answer_is_kept_as_missing_and_asked_for(house, draft, name):
    if name in filling.locked(house, draft):
        assert save(house, draft, **{name: ""}).answers["details"] == ME.details
        return
    with pytest.raises(Invalid) as refused:
        save(house, draft, **{name: ""})
    assert set(refused.value.errors) == {name}
    assert stored(house, draft).typed == {**ME.details, name: ""}


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_form_is_kept_as_typed_and_told_in_words(house, draft, name):
    for text in ("?", "\u200b?", "9" * 400, "\x1b\x07?", "\ud800?"):
        with pytest.raises(Invalid) as refused:
            save(house, draft, **{name: text})
        assert all(is_sentence(sentence) for sentence in refused.value.errors.values())
        assert set(refused.value.errors) == {name}
        assert refused.value.typed == {**ME.details, name: text}
        assert stored(house, draft).typed == {**ME.details, name: text}
    assert (stored(house, draft).version, stored(house, draft).answers) == (draft.version, draft.answers)


@SAME_FIXTURES
@given(st.dictionaries(st.sampled_from(NAMES), anything))
def test_whatever_is_posted_is_either_taken_whole_or_kept_as_typed(house, changes):
    draft = carry(house, "details", ME)
    try:
        moved = save(house, draft, **changes)
    except Invalid:
        assert stored(house, draft).typed == {name: text[:500] for name, text in {**ME.details, **changes}.items()}
        assert "details" not in stored(house, draft).answers
    else:
        assert stored(house, draft) == moved
        assert set(moved.answers["details"]) == set(NAMES)


def test_a_good_form_after_a_bad_one_leaves_nothing_typed(house, draft):
    with pytest.raises(Invalid):
        save(house, draft, phone="1")
    moved = save(house, draft)
    assert stored(house, draft).typed == {}
    assert steps.current(stored(house, draft).all_answers).name == "attachments"
    assert moved.version == draft.version + 1


def test_the_office_may_demand_the_second_specialty(tmp_path, blank, keys, clock):
    strict = house_in(tmp_path, blank, keys, clock, "specialty_2")
    draft = carry(strict, "details", ME)
    with pytest.raises(Invalid, match="请选择申请注册专业2"):
        save(strict, draft, specialty_2="")
    strict.database.close()


def test_details_may_be_changed_until_they_are_submitted(house):
    draft = carry(house, "review", ME)
    moved = save(house, draft, school="山东大学")
    assert moved.answers["details"]["school"] == "山东大学"
    assert moved.trail[-1][1] == "/renewal/review"


@pytest.mark.parametrize("changed", [{"employer": "历下监理有限公司"}, {"phone": "13900139000"}])
def test_another_employer_or_phone_asks_for_the_letter_again(house, changed):
    moved = save(house, carry(house, "review", ME), **changed)
    assert moved.trail[-1][1] == "/renewal/commitment"


# What autosave keeps


@SAME_FIXTURES
@given(st.dictionaries(st.sampled_from(NAMES), anything, min_size=1))
def test_any_part_of_the_form_is_kept_as_typed_valid_or_not(house, part):
    draft = carry(house, "details", ME)
    assert filling.keep_typed(house, draft, part) == house.now()
    kept = stored(house, draft)
    same = filling.locked(house, draft)
    cut = {name: text[:500] for name, text in part.items()}
    assert kept.typed == ({} if cut.items() <= same.items() else cut)
    assert kept.version == draft.version


def test_parts_come_together(house, draft):
    filling.keep_typed(house, draft, {"school": "青岛", "major": "土"})
    filling.keep_typed(house, draft, {"school": "青岛理工"})
    assert stored(house, draft).typed == {"school": "青岛理工", "major": "土"}


def test_parts_from_two_tabs_at_once_are_both_kept(house, draft):
    parts = [{name: f"{name}了"} for name in ("school", "major", "employer", "phone")]
    at_once(house, *[lambda part=part: filling.keep_typed(house, draft, part) for part in parts])
    assert stored(house, draft).typed == {name: text for part in parts for name, text in part.items()}


def test_inputs_of_no_field_are_not_kept(house, draft):
    filling.keep_typed(house, draft, {"csrf_token": "x", "role": "administrator", "school": "青"})
    assert stored(house, draft).typed == {"school": "青"}


def test_typing_what_is_saved_already_waits_for_nobody(house):
    draft = carry(house, "review", ME)
    filling.keep_typed(house, draft, ME.details)
    assert stored(house, draft).typed == {}
    assert steps.current(stored(house, draft).all_answers).name == "review"


def test_typing_something_new_waits_to_be_confirmed(house):
    draft = carry(house, "review", ME)
    filling.keep_typed(house, draft, {**ME.details, "school": "山东大学"})
    assert steps.current(stored(house, draft).all_answers).name == "details"
    filling.keep_typed(house, stored(house, draft), ME.details)
    assert steps.current(stored(house, draft).all_answers).name == "review"


def test_typing_on_a_page_that_was_saved_elsewhere_is_refused(house, draft):
    moved = save(house, draft)
    with pytest.raises(DraftChanged):
        filling.keep_typed(house, draft, {"school": "青"})
    assert stored(house, draft) == moved


def test_what_autosave_kept_meanwhile_outlives_another_tabs_step(house, draft):
    filling.keep_typed(house, draft, {"school": "青岛"})
    filling.read_notice(house, draft, posted(draft, "notice"), [*ALL])
    assert stored(house, draft).typed == {"school": "青岛"}


def test_the_form_starts_with_what_is_known_of_the_person(house, draft):
    assert filling.prefilled(draft) == {"phone": ME.phone}
    filling.keep_typed(house, draft, {"phone": "139", "school": "青岛"})
    assert filling.prefilled(stored(house, draft)) == {"phone": "139", "school": "青岛"}
    assert filling.prefilled(save(house, draft)) == ME.details


def test_a_person_known_before_starts_without_a_phone(house):
    carry(house, "face", ME)
    assert filling.prefilled(carry(house, "details", ME)) == {"phone": ""}


# 承诺书


def test_the_promise_is_kept_word_for_word_with_hash_time_and_address(house):
    draft = carry(house, "commitment", ME)
    made = filling.commit(house, draft, posted(draft, "commitment"), "yes", "192.0.2.7").answers["commitment"]
    assert set(made) == {"version", "sha256", "text", "at", "ip"}
    assert made["sha256"] == sha256(made["text"].encode()).hexdigest()
    assert (made["version"], made["at"], made["ip"]) == (VERSION, house.now().isoformat(), "192.0.2.7")
    for said in (ME.name, ME.id_number, ME.phone, ME.details["employer"], "14、本人具有完全民事行为能力"):
        assert said in made["text"]


def test_who_does_not_promise_cannot_go_on_and_is_told_why(house):
    draft = carry(house, "commitment", ME)
    with pytest.raises(Invalid) as refused:
        filling.commit(house, draft, posted(draft, "commitment"), "no", "192.0.2.7")
    assert refused.value.errors == {"refused": REFUSED_EXPLANATION}
    assert stored(house, draft) == draft


@pytest.mark.parametrize("choice", ["", "YES", "on", "yes\0"])
def test_only_a_plain_yes_is_a_promise(house, choice):
    draft = carry(house, "commitment", ME)
    with pytest.raises(Invalid, match="请阅读承诺书"):
        filling.commit(house, draft, posted(draft, "commitment"), choice, "192.0.2.7")
    assert stored(house, draft) == draft


def test_a_letter_promised_again_is_the_one_of_today(house, clock):
    draft = save(house, carry(house, "review", ME), employer="历下监理有限公司")
    clock.go_on(hours=1)
    moved = take(house, draft, ME)
    assert "历下监理有限公司" in moved.answers["commitment"]["text"]
    assert moved.answers["commitment"]["at"] == house.now().isoformat()
