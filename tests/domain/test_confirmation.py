import pytest

from renewal.domain.application import MOVES, Status
from renewal.domain.confirmation import ABOUT, ANSWERS, LINK_LASTS, agree_on_code, still_holds
from renewal.domain.errors import InvalidValue
from tests.factories import CREDIT_CODE, OTHER_CODE, person

DETAILS = person().details


def test_each_answer_is_a_move_of_a_submitted_case() -> None:
    assert set(ANSWERS.values()) <= MOVES[Status.SUBMITTED]
    assert list(ANSWERS) == ["确认", "不予确认"]


def test_a_link_lasts_fourteen_days() -> None:
    assert LINK_LASTS.days == 14


def test_whoever_confirms_is_the_unit_that_the_applicant_named() -> None:
    agree_on_code(CREDIT_CODE, CREDIT_CODE)
    with pytest.raises(InvalidValue, match=r"与申请人填写的统一社会信用代码不一致.*不予确认") as refused:
        agree_on_code(OTHER_CODE, CREDIT_CODE)
    assert CREDIT_CODE not in str(refused.value)


def test_where_the_applicant_gave_no_code_the_employers_is_taken() -> None:
    agree_on_code(CREDIT_CODE, "")


def test_a_confirmation_holds_while_what_was_confirmed_stays() -> None:
    assert still_holds(DETAILS, {**DETAILS, "school": "山东大学", "phone": "13900000000"})


@pytest.mark.parametrize("name", ABOUT)
def test_a_confirmation_ends_when_what_was_confirmed_changes(name: str) -> None:
    assert not still_holds(DETAILS, {**DETAILS, name: "别的"})
