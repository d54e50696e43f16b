import pytest

from renewal.journey.steps.review import STEP, asked_later
from tests.factories import person


def test_no_draft_is_ever_done_with_it():
    assert not STEP.done({})
    assert not STEP.done({"review": {}, "details": {}})


def _answers(method: str = "selfie", **changes: str) -> dict[str, dict[str, str]]:
    return {"details": {**person().details, **changes}, "face": {"method": method}}


def test_a_code_that_the_employer_will_need_is_asked_for_while_it_can_be_filled_in():
    ((sentence, words, address),) = asked_later(_answers(employer_code=""), employer_confirmation=True)
    assert "统一社会信用代码还没有填写" in sentence
    assert (words, address) == ("现在填写", "/renewal/details#employer_code")


def test_who_verifies_at_the_counter_is_told_what_to_bring():
    ((sentence, *_),) = asked_later(_answers("counter"), employer_confirmation=True)
    assert "身份证件原件" in sentence


@pytest.mark.parametrize(("code", "confirmation"), [(person().details["employer_code"], True), ("", False)])
def test_what_nobody_will_ask_for_is_not_spoken_of(code, confirmation):
    assert asked_later(_answers(employer_code=code), confirmation) == []
