import time
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from renewal.domain.errors import InvalidValue
from renewal.forms import profile, resume
from renewal.forms.fields import NO_LONGER_THAN, Field, Form, Rules
from renewal.journey.steps import STEPS
from tests.naughty import NAUGHTY, anything, is_sentence, is_visible

RULES = Rules(date(2026, 6, 15))
FORMS = {step.name: step.form for step in STEPS} | {"profile": profile.FORM, "resume": resume.FORM}
FIELDS = [pytest.param(field, id=f"{name}-{field.name}") for name, form in FORMS.items() for field in form.fields]


def shout(text: str, _rules: Rules) -> str:
    if not text.isalpha():
        raise InvalidValue("只填字母，不要别的")
    return text.upper()


WORD = Field("word", "口令", shout)
OTHER = Field("other", "备注", shout, required=False)
CHOICE = Field("choice", "类别", shout, "select", ("A", "B"))
FORM = Form((WORD, OTHER))


def read_one(field: Field, text: str, rules: Rules = RULES):
    """What a form of this field alone makes of the text: its value, or None, and its error, or none."""
    reading = Form((field,)).read({field.name: text}, rules)
    return reading.values.get(field.name), reading.errors.get(field.name, "")


# The rules of reading, on a form made up for it.


def test_a_form_gives_clean_values_and_what_was_typed():
    reading = FORM.read({"word": " ab ", "other": "c"}, RULES)
    assert (reading.values, reading.errors) == ({"word": "AB", "other": "C"}, {})
    assert reading.typed == {"word": " ab ", "other": "c"}


def test_a_missing_answer_is_asked_for_by_its_label():
    assert FORM.read({}, RULES).errors == {"word": "请填写口令"}
    assert Form((CHOICE,)).read({"choice": ""}, RULES).errors == {"choice": "请选择类别"}


@pytest.mark.parametrize("nothing", ["", " ", "\u3000\t\n", "\u200b\ufeff", "\0"])
def test_what_nobody_can_see_is_missing(nothing):
    assert read_one(WORD, nothing) == (None, "请填写口令")
    assert read_one(OTHER, nothing) == ("", "")


def test_an_optional_answer_may_be_demanded_by_the_office():
    assert read_one(OTHER, "", Rules(RULES.today, frozenset({"other"}))) == (None, "请填写备注")


def test_every_error_is_told_at_once_and_the_good_values_are_kept():
    reading = FORM.read({"word": "1", "other": "2"}, RULES)
    assert reading.errors == dict.fromkeys(("word", "other"), "只填字母，不要别的")
    assert FORM.read({"word": "1", "other": "b"}, RULES).values == {"other": "B"}


def test_fields_are_checked_together_only_when_each_is_right():
    def never(values, _rules):
        return {"other": f"不能是{values['other']}"}

    together = Form((WORD, OTHER), never)
    assert together.read({"word": "a", "other": "b"}, RULES).errors == {"other": "不能是B"}
    assert together.read({"word": "1", "other": "b"}, RULES).errors == {"word": "只填字母，不要别的"}


def test_inputs_of_no_field_are_left_out():
    reading = FORM.read({"word": "a", "role": "administrator"}, RULES)
    assert reading.values == {"word": "A", "other": ""}
    assert reading.typed == {"word": "a"}


def test_what_is_kept_of_a_text_without_end_has_one():
    assert len(FORM.typed({"word": "a" * 10**6})["word"]) == NO_LONGER_THAN


def test_a_text_without_end_is_refused_by_its_limit():
    field = Field("word", "口令", shout, maxlength=30)
    assert read_one(field, "a" * NO_LONGER_THAN)[0]
    assert read_one(field, "a" * (NO_LONGER_THAN + 1)) == (None, "口令太长，请不要超过30个字")


@pytest.mark.parametrize("locked", [None, {"word": "AB"}])
def test_a_megabyte_of_accents_costs_no_time(locked):
    """Putting them into their canonical order takes time by the square of their number."""
    began = time.process_time()
    assert "太长" in FORM.read({"word": "a" + "\u0301\u0323" * 30_000}, RULES, locked).errors["word"]
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("posted", [{}, {"word": ""}, {"word": "ab"}, {"word": " AB "}, {"word": "ＡＢ"}])
def test_a_locked_field_keeps_its_value(posted):
    assert FORM.read(posted, RULES, {"word": "AB"}).values["word"] == "AB"


def test_another_value_for_a_locked_field_is_refused_and_named():
    error = FORM.read({"word": "cd"}, RULES, {"word": "AB"}).errors["word"]
    assert "“AB”" in error
    assert "重新核验身份" in error


def test_nonsense_for_a_locked_field_is_refused_too():
    assert FORM.read({"word": "12"}, RULES, {"word": "AB"}).errors == {"word": "只填字母，不要别的"}


def test_entries_show_each_field_in_order_as_one_person_sees_it():
    first, second = FORM.entries({"word": "ab", "other": "c"}, RULES, {"other": "请核对"}, {"word": "AB"})
    assert (first.field, first.value, first.locked, first.error, first.required) == (WORD, "AB", True, "", True)
    assert (second.field, second.value, second.locked, second.error) == (OTHER, "c", False, "请核对")
    assert not second.required


def test_entries_star_what_the_office_demands():
    assert [e.required for e in FORM.entries({}, Rules(RULES.today, frozenset({"other"})))] == [True, True]


# Every field of every form there is.


@pytest.mark.parametrize("field", FIELDS)
@settings(deadline=None, max_examples=25)
@given(anything)
def test_any_text_is_read_or_refused_in_words(field, text):
    value, error = read_one(field, text)
    assert (value is None) is bool(error)
    assert is_sentence(error) if error else is_visible(value)


@pytest.mark.parametrize("field", FIELDS)
def test_every_naughty_text_is_read_or_refused_in_words(field):
    for text in NAUGHTY:
        value, error = read_one(field, text)
        assert (value is None) is bool(error), text
        assert is_sentence(error) if error else is_visible(value), text


@pytest.mark.parametrize("field", FIELDS)
@settings(deadline=None, max_examples=25)
@given(st.text(max_size=40) | st.sampled_from(NAUGHTY))
@example("阿里 . 买买提")
def test_a_clean_value_read_again_is_the_same(field, text):
    value, error = read_one(field, text)
    if not error:
        assert read_one(field, value) == (value, "")


@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_answer_is_asked_for_unless_it_is_optional(field):
    value, error = read_one(field, "")
    assert (value, error) == (None, field.missing) if field.required else (value, error) == ("", "")


@pytest.mark.parametrize("field", FIELDS)
def test_a_text_far_too_long_is_refused(field):
    for text in ("张" * 400, "1" * 499, "a" * 10_000):
        assert is_sentence(read_one(field, text)[1])


@pytest.mark.parametrize("field", [field for field in FIELDS if field.values[0].choices])
def test_what_can_be_chosen_is_taken_and_nothing_else(field):

    assert [read_one(field, choice) for choice in field.choices] == [(choice, "") for choice in field.choices]
    assert is_sentence(read_one(field, "别的什么")[1])


@pytest.mark.parametrize("name", FORMS)
def test_no_two_fields_of_a_form_share_name_or_label(name):
    fields = FORMS[name].fields
    assert len({field.name for field in fields}) == len({field.label for field in fields}) == len(fields)
