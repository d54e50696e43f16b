from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.domain.commitment import REFUSED_EXPLANATION, VERSION
from renewal.forms.details import FIELDS
from renewal.journey import steps
from renewal.journey.form_input import Invalid
from renewal.journey.steps import StepView, details
from renewal.journey.steps.details import keep_typed, locked
from renewal.journey.steps.notice import ALL
from renewal.store.drafts import DraftChanged
from tests.factories import SAME_FIXTURES, answer, at_once, carry, person, services_over, take
from tests.naughty import anything, is_sentence

ME = person(1)
NAMES = [field.name for field in FIELDS]


def save(services, draft, **changes):
    return answer(services, draft, "details", {**ME.details, **changes})


def stored(services, draft):
    return services.draft(draft.id)


# 申报须知


def read(services, clauses):
    draft = carry(services, "notice", ME)
    return answer(services, draft, "notice", {"read": " ".join(clauses)})


def test_a_notice_read_to_the_end_is_kept_with_its_time(services):
    draft = read(services, [*ALL])
    assert draft.answers["notice"] == {"read": sorted(ALL), "at": "2026-06-15T04:00:00+00:00"}
    assert draft.history[-1][1] == "/renewal/details"


def test_no_clause_may_be_left_out(services):
    for missing in ALL:
        with pytest.raises(Invalid, match="全选"):
            read(services, [clause for clause in ALL if clause != missing])


def test_ticks_nobody_offered_are_not_kept(services):
    assert read(services, [*ALL, "all", "<script>"]).answers["notice"]["read"] == sorted(ALL)


# 申报信息


@pytest.fixture
def draft(services):
    return carry(services, "details", ME)


def test_good_details_are_stored_and_go_on(services, draft):
    advanced = save(services, draft)
    assert advanced.answers["details"] == ME.details
    assert advanced.history[-1][1] == "/renewal/attachments"
    assert stored(services, draft) == advanced


def test_the_claimed_person_and_what_the_number_tells_are_locked(services, draft):
    fixed = ("name", "sex", "id_type", "id_number", "birth_date")
    assert locked(services, draft) == {name: ME.details[name] for name in fixed}


def test_locked_answers_need_not_be_posted(services, draft):
    rest = {name: value for name, value in ME.details.items() if name not in locked(services, draft)}
    assert answer(services, draft, "details", rest).answers["details"] == ME.details


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
def test_another_answer_in_a_locked_place_is_refused(services, draft, name, other):
    with pytest.raises(Invalid) as refused:
        save(services, draft, **{name: other})
    assert set(refused.value.errors) == {name}
    assert "重新核验身份" in refused.value.errors[name]


def test_an_old_foreigners_number_leaves_sex_and_birth_date_to_be_filled_in(services):
    foreigner = replace(ME, name="Anna Smith", id_number="USA110180010101")
    as_foreigner = {**foreigner.registration, "id_type": "外国人永久居留身份证"}
    who = type("Foreigner", (), {"claim": foreigner.claim, "registration": as_foreigner})()
    draft = carry(services, "details", who)
    assert set(locked(services, draft)) == {"name", "id_type", "id_number"}
    advanced = answer(services, draft, "details", {**foreigner.details, **as_foreigner, "sex": "女"})
    assert advanced.answers["details"]["sex"] == "女"


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("employer_code", "specialty_2")])
def test_a_missing_answer_is_kept_as_missing_and_asked_for(services, draft, name):
    if name in locked(services, draft):
        assert save(services, draft, **{name: ""}).answers["details"] == ME.details
        return
    with pytest.raises(Invalid) as refused:
        save(services, draft, **{name: ""})
    assert set(refused.value.errors) == {name}
    assert stored(services, draft).typed == {**ME.details, name: ""}


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_form_is_kept_as_typed_and_told_in_words(services, draft, name):
    for text in ("?", "\u200b?", "9" * 400, "\x1b\x07?", "\ud800?"):
        with pytest.raises(Invalid) as refused:
            save(services, draft, **{name: text})
        assert all(is_sentence(sentence) for sentence in refused.value.errors.values())
        assert set(refused.value.errors) == {name}
        assert refused.value.typed == {**ME.details, name: text}
        assert stored(services, draft).typed == {**ME.details, name: text}
    assert (stored(services, draft).version, stored(services, draft).answers) == (draft.version, draft.answers)


@SAME_FIXTURES
@given(st.dictionaries(st.sampled_from(NAMES), anything))
def test_whatever_is_posted_is_either_taken_whole_or_kept_as_typed(services, changes):
    draft = carry(services, "details", ME)
    try:
        advanced = save(services, draft, **changes)
    except Invalid:
        assert stored(services, draft).typed == {name: text[:500] for name, text in {**ME.details, **changes}.items()}
        assert "details" not in stored(services, draft).answers
    else:
        assert stored(services, draft) == advanced
        assert set(advanced.answers["details"]) == set(NAMES)


def test_a_good_form_after_a_bad_one_leaves_nothing_typed(services, draft):
    with pytest.raises(Invalid):
        save(services, draft, phone="1")
    advanced = save(services, draft)
    assert stored(services, draft).typed == {}
    assert steps.current(stored(services, draft).all_answers).name == "attachments"
    assert advanced.version == draft.version + 1


def test_the_office_may_demand_the_second_specialty(database_url, keys, clock):
    strict = services_over(database_url, keys, clock, "specialty_2")
    draft = carry(strict, "details", ME)
    with pytest.raises(Invalid, match="请选择申请注册专业2"):
        save(strict, draft, specialty_2="")
    strict.database.close()


def test_details_may_be_changed_until_they_are_submitted(services):
    draft = carry(services, "review", ME)
    advanced = save(services, draft, school="山东大学")
    assert advanced.answers["details"]["school"] == "山东大学"
    assert advanced.history[-1][1] == "/renewal/review"


@pytest.mark.parametrize("changed", [{"employer": "历下监理有限公司"}, {"phone": "13900139000"}])
def test_another_employer_or_phone_asks_for_the_letter_again(services, changed):
    advanced = save(services, carry(services, "review", ME), **changed)
    assert advanced.history[-1][1] == "/renewal/commitment"


# What autosave keeps


@SAME_FIXTURES
@given(st.dictionaries(st.sampled_from(NAMES), anything, min_size=1))
def test_any_part_of_the_form_is_kept_as_typed_valid_or_not(services, part):
    draft = carry(services, "details", ME)
    assert keep_typed(services, draft, part) == services.now()
    kept = stored(services, draft)
    same = locked(services, draft)
    cut = {name: text[:500] for name, text in part.items()}
    assert kept.typed == ({} if cut.items() <= same.items() else cut)
    assert kept.version == draft.version


def test_parts_come_together(services, draft):
    keep_typed(services, draft, {"school": "青岛", "major": "土"})
    keep_typed(services, draft, {"school": "青岛理工"})
    assert stored(services, draft).typed == {"school": "青岛理工", "major": "土"}


def test_parts_from_two_tabs_at_once_are_both_kept(services, draft):
    parts = [{name: f"{name}了"} for name in ("school", "major", "employer", "phone")]
    at_once(services, *[lambda part=part: keep_typed(services, draft, part) for part in parts])
    assert stored(services, draft).typed == {name: text for part in parts for name, text in part.items()}


def test_inputs_of_no_field_are_not_kept(services, draft):
    keep_typed(services, draft, {"csrf_token": "x", "role": "administrator", "school": "青"})
    assert stored(services, draft).typed == {"school": "青"}


def test_typing_what_is_saved_already_waits_for_nobody(services):
    draft = carry(services, "review", ME)
    keep_typed(services, draft, ME.details)
    assert stored(services, draft).typed == {}
    assert steps.current(stored(services, draft).all_answers).name == "review"


def test_typing_something_new_waits_to_be_confirmed(services):
    draft = carry(services, "review", ME)
    keep_typed(services, draft, {**ME.details, "school": "山东大学"})
    assert steps.current(stored(services, draft).all_answers).name == "details"
    keep_typed(services, stored(services, draft), ME.details)
    assert steps.current(stored(services, draft).all_answers).name == "review"


def test_typing_on_a_page_that_was_saved_elsewhere_is_refused(services, draft):
    advanced = save(services, draft)
    with pytest.raises(DraftChanged):
        keep_typed(services, draft, {"school": "青"})
    assert stored(services, draft) == advanced


def test_what_autosave_kept_meanwhile_outlives_another_tabs_step(services, draft):
    keep_typed(services, draft, {"school": "青岛"})
    answer(services, draft, "notice", {"read": " ".join(ALL)})
    assert stored(services, draft).typed == {"school": "青岛"}


def prefilled(services, draft):
    """What stands in the form, but for the person it is locked to and what is empty."""
    entries = details.STEP.show(StepView(services, details.STEP, draft))["entries"]
    fixed = locked(services, draft)
    return {entry.field.name: entry.value for entry in entries if entry.value and entry.field.name not in fixed}


def test_the_form_starts_with_what_is_known_of_the_person(services, draft):
    assert prefilled(services, draft) == {"phone": ME.phone}
    keep_typed(services, draft, {"phone": "139", "school": "青岛"})
    assert prefilled(services, stored(services, draft)) == {"phone": "139", "school": "青岛"}
    rest = {name: value for name, value in ME.details.items() if name not in locked(services, draft)}
    assert prefilled(services, save(services, draft)) == rest


def test_a_person_known_before_starts_without_a_phone(services):
    carry(services, "face", ME)
    assert prefilled(services, carry(services, "details", ME)) == {}


# 承诺书


def test_the_promise_is_kept_word_for_word_with_hash_time_and_address(services):
    draft = carry(services, "commitment", ME)
    made = answer(services, draft, "commitment", {"commitment": "yes"}).answers["commitment"]
    assert set(made) == {"version", "sha256", "text", "at", "ip"}
    assert made["sha256"] == sha256(made["text"].encode()).hexdigest()
    assert (made["version"], made["at"], made["ip"]) == (VERSION, services.now().isoformat(), "192.0.2.1")
    for said in (ME.name, ME.id_number, ME.phone, ME.details["employer"], "14、本人具有完全民事行为能力"):
        assert said in made["text"]


def test_who_does_not_promise_cannot_go_on_and_is_told_why(services):
    draft = carry(services, "commitment", ME)
    with pytest.raises(Invalid) as refused:
        answer(services, draft, "commitment", {"commitment": "no"})
    assert refused.value.errors == {"refused": REFUSED_EXPLANATION}
    assert stored(services, draft) == draft


@pytest.mark.parametrize("choice", ["", "YES", "on", "yes\0"])
def test_only_a_plain_yes_is_a_promise(services, choice):
    draft = carry(services, "commitment", ME)
    with pytest.raises(Invalid, match="请阅读承诺书"):
        answer(services, draft, "commitment", {"commitment": choice})
    assert stored(services, draft) == draft


def test_a_letter_promised_again_is_the_one_of_today(services, clock):
    draft = save(services, carry(services, "review", ME), employer="历下监理有限公司")
    clock.go_on(hours=1)
    advanced = take(services, draft, ME)
    assert "历下监理有限公司" in advanced.answers["commitment"]["text"]
    assert advanced.answers["commitment"]["at"] == services.now().isoformat()
