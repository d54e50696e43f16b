from datetime import date

import pytest

from renewal.forms.employer import FORM
from renewal.forms.fields import Rules
from tests.factories import CREDIT_CODE, employers_form

RULES = Rules(date(2026, 6, 15))


def errors(**changes: str) -> dict[str, str]:
    return FORM.read(employers_form(**changes), RULES).errors


def test_a_confirmation_needs_code_name_and_phone_and_no_reason() -> None:
    reading = FORM.read(employers_form(employer_code=f" {CREDIT_CODE.lower()[:9]} {CREDIT_CODE[9:]}"), RULES)
    assert reading.errors == {}
    assert reading.values["employer_code"] == CREDIT_CODE
    assert reading.values["reason"] == ""


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"answer": ""}, "answer"),
        ({"answer": "也许"}, "answer"),
        ({"employer_code": ""}, "employer_code"),
        ({"employer_code": CREDIT_CODE[:-1] + ("1" if CREDIT_CODE[-1] != "1" else "2")}, "employer_code"),
        ({"clerk": ""}, "clerk"),
        ({"clerk": "123"}, "clerk"),
        ({"clerk_phone": "0531-88888888"}, "clerk_phone"),
        ({"answer": "不予确认"}, "reason"),
        ({"answer": "不予确认", "reason": "。。"}, "reason"),
        ({"answer": "不予确认", "reason": "离" * 201}, "reason"),
    ],
    ids=str,
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(changes: dict[str, str], field: str) -> None:
    assert list(errors(**changes)) == [field]


def test_declining_is_taken_with_its_reason() -> None:
    assert errors(answer="不予确认", reason="已于今年3月离职") == {}
