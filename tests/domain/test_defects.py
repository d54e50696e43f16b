"""补正: what may be returned, with which words, and what opens with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.domain import defects
from renewal.domain.defects import LONGEST, OPENED_WITH, REASONS, DefectsRefused, from_form, opened, reason
from renewal.domain.errors import InvalidValue


@pytest.mark.parametrize("field", REASONS)
def test_every_ready_made_reason_can_be_sent_as_it_is(field):
    assert REASONS[field]
    assert [reason(words) for words in REASONS[field]] == list(REASONS[field])


@given(st.sets(st.sampled_from(sorted(REASONS))))
def test_what_is_returned_is_open_and_opens_only_what_depends_on_it(fields):
    assert opened(fields) >= fields
    assert opened(fields) - fields <= {name for field in fields for name in OPENED_WITH.get(field, ())}


@pytest.mark.parametrize(
    ("field", "also"),
    [
        ("employer", {"employer_code"}),
        ("employer_code", {"employer"}),
        ("specialty_2", {"specialty_1"}),
        ("degree", {"education"}),
        ("education", {"degree", "school", "major", "graduated_on"}),
        ("school", set()),
        ("portrait", set()),
    ],
)
def test_another_unit_has_another_code_and_another_certificate_another_school(field, also):
    assert opened([field]) == {field, *also}


def test_only_what_can_be_returned_opens_with_anything():
    assert {*OPENED_WITH, *(name for names in OPENED_WITH.values() for name in names)} <= REASONS.keys()


@pytest.mark.parametrize("text", ["", " ", "\u3000\n", "\u200b"])
def test_an_empty_reason_helps_nobody(text):
    with pytest.raises(InvalidValue, match="请"):
        reason(text)


def test_a_reason_fits_beside_its_field():
    assert reason("字" * LONGEST) == "字" * LONGEST
    with pytest.raises(InvalidValue, match=f"最多填写{LONGEST}个字"):
        reason("字" * (LONGEST + 1))


def test_a_reason_is_one_line():
    assert reason(" 照片不清\r\n请重拍 ") == "照片不清 请重拍"


def test_the_form_sends_a_field_a_colon_and_a_reason():
    assert from_form(["school:按证书填写：全称", "portrait:12:30 拍的不清"]) == {
        "school": "按证书填写：全称",
        "portrait": "12:30 拍的不清",
    }
    assert from_form([]) == {}


@pytest.mark.parametrize("values", [["school"], ["school：全角"], ["school:一", "school:二"], [""]])
def test_what_the_form_cannot_have_sent_is_refused_in_words(values):
    with pytest.raises(DefectsRefused, match="补正"):
        from_form(values)


def test_what_was_refused_is_told_by_field():
    refused = DefectsRefused({"school": "一", "major": "二"})
    assert (str(refused), refused.errors) == ("一；二", {"school": "一", "major": "二"})


def test_the_commitment_is_called_alike_everywhere():
    assert defects.COMMITMENT in REASONS
