import pytest

from renewal.domain.decision import LONGEST, REMEDIES, refusal
from renewal.domain.errors import InvalidValue


@pytest.mark.parametrize("text", ["继续教育没有达到要求", "继续教育没有达到要求。", "  继续教育没有达到要求 "])
def test_a_refusal_is_its_reason_and_both_remedies(text: str) -> None:
    assert refusal(text) == f"继续教育没有达到要求。{REMEDIES}"


def test_the_remedies_name_both_ways_and_their_time() -> None:
    for words in ("六十日内", "行政复议", "六个月内", "行政诉讼"):
        assert words in REMEDIES


@pytest.mark.parametrize("text", ["", " ", "\n", "！", "字" * (LONGEST + 1)])
def test_without_a_reason_there_is_no_refusal(text: str) -> None:
    with pytest.raises(InvalidValue):
        refusal(text)


def test_the_longest_reason_is_taken() -> None:
    assert refusal("字" * LONGEST).startswith("字" * LONGEST)
