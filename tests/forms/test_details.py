from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain.codes import DEGREES, EDUCATIONS, ETHNICITIES, SPECIALTIES
from renewal.forms.details import FIELDS, FORM
from renewal.forms.fields import Rules
from tests.domain.strategies import credit_codes, phones
from tests.factories import person
from tests.naughty import BENT, anything, is_sentence

RULES = Rules(date(2026, 6, 15))
GOOD = person().details
NAMES = [field.name for field in FIELDS]
CHOSEN = [field.name for field in FIELDS if field.choices]


def errors(rules: Rules = RULES, **changes: str) -> dict[str, str]:
    return FORM.read({**GOOD, **changes}, rules).errors


def test_a_good_form_is_stored_as_it_was_filled_in():
    assert FORM.read(GOOD, RULES).values == GOOD
    assert errors() == {}


def test_the_fields_stand_in_the_contracts_order_under_three_headings():
    contract = (
        "name sex id_type id_number birth_date phone ethnicity education degree school major graduated_on "
        "employer employer_code specialty_1 specialty_2"
    )
    assert contract.split() == NAMES
    assert list(dict.fromkeys(field.section for field in FIELDS)) == ["基本信息", "单位", "申请注册专业"]


@pytest.mark.parametrize("name", NAMES)
def test_one_missing_answer_is_the_only_error(name):
    field = next(field for field in FIELDS if field.name == name)
    assert errors(**{name: ""}) == ({name: field.missing} if field.required else {})


def test_all_that_is_missing_is_told_at_once():
    optional = {"employer_code", "specialty_2"}
    assert set(FORM.read({}, RULES).errors) == set(NAMES) - optional


def test_an_office_may_demand_the_second_specialty():
    demanding = replace(RULES, required=frozenset({"specialty_2"}))
    assert errors(demanding, specialty_2="") == {"specialty_2": "请选择申请注册专业2"}
    assert errors(demanding) == {}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("bent", BENT, ids=["invisible", "spaced", "full-width", "all"])
def test_a_good_answer_bent_is_the_same_answer(name, bent):
    assert FORM.read({**GOOD, name: bent(GOOD[name])}, RULES).values == GOOD


@pytest.mark.parametrize("name", NAMES)
@settings(deadline=None, max_examples=15)
@given(anything)
def test_a_wrong_answer_is_told_in_words_beside_its_field_and_keeps_the_others(name, text):
    reading = FORM.read({**GOOD, name: text}, RULES)
    assert all(is_sentence(sentence) for sentence in reading.errors.values())
    assert {other: value for other, value in reading.values.items() if other != name} == {
        other: value for other, value in GOOD.items() if other != name
    }
    assert reading.typed == {**GOOD, name: text[:500]}


@pytest.mark.parametrize("name", CHOSEN)
def test_a_value_nobody_offered_is_refused(name):
    assert is_sentence(errors(**{name: "外星"})[name])


@settings(deadline=None, max_examples=30)
@given(phones, credit_codes)
def test_real_phones_and_credit_codes_are_taken(phone, code):
    assert errors(phone=phone, employer_code=code) == {}


@pytest.mark.parametrize(
    "written", ["2003-07-01", "2003/7/1", "2003.07.01", "2003年7月1日", "20030701", "２００３／０７／０１"]
)
def test_dates_are_shown_one_way_however_they_are_written(written):
    assert FORM.read({**GOOD, "graduated_on": written}, RULES).values["graduated_on"] == "2003/07/01"


@pytest.mark.parametrize(
    ("graduated", "taken"),
    [("1995/03/07", False), ("1995/03/08", True), ("2026/06/15", True), ("2026/06/16", False), ("2003/02/30", False)],
)
def test_nobody_graduates_before_fifteen_or_after_today(graduated, taken):
    assert (set(errors(graduated_on=graduated)) == set()) is taken
    assert set(errors(graduated_on=graduated)) <= {"graduated_on"}


def test_a_birth_date_after_today_is_refused():
    assert "晚于今天" in errors(birth_date="2026/06/16")["birth_date"]


@given(st.sampled_from(next(field.choices for field in FIELDS if field.name == "specialty_1")))
@settings(deadline=None)
def test_two_specialties_are_never_the_same(specialty):
    assert set(errors(specialty_1=specialty, specialty_2=specialty)) == {"specialty_2"}
    assert errors(specialty_1=specialty, specialty_2="") == {}


def test_a_kind_of_document_that_contradicts_the_number_is_asked_about():
    assert set(errors(id_type="港澳台居民居住证")) == {"id_type"}


def test_a_degree_that_does_not_fit_the_education_is_no_error():
    assert errors(education="无", degree="学士") == {}


@pytest.mark.parametrize(
    ("name", "first", "codes"),
    [
        ("ethnicity", ["汉族", "壮族", "维吾尔族", "回族"], ETHNICITIES),
        ("education", ["大学本科", "大学专科"], EDUCATIONS),
        ("degree", ["学士", "无"], DEGREES),
        ("specialty_1", ["房屋建筑工程", "市政公用工程"], SPECIALTIES),
        ("specialty_2", ["房屋建筑工程", "市政公用工程"], SPECIALTIES),
    ],
)
def test_what_most_people_answer_leads_its_list_and_nothing_is_left_out(name, first, codes):
    choices = next(field.choices for field in FIELDS if field.name == name)
    assert list(choices[: len(first)]) == first
    assert sorted(choices) == sorted(codes.names)
