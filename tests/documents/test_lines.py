import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.documents.lines import broken

TYPED = st.text("汉字，。（）《》abc 12", max_size=60).map(lambda text: " ".join(text.split()))


def lines(text: str, width: float) -> list[str]:
    """Broken where every character is one wide."""
    return broken(text, width, len)


def test_chinese_breaks_between_any_two_characters() -> None:
    assert lines("注册监理工程师", 3) == ["注册监", "理工程", "师"]


def test_no_line_begins_with_a_closing_mark() -> None:
    assert lines("已经受理，请等待", 4) == ["已经受", "理，请等", "待"]


def test_no_line_ends_with_an_opening_mark() -> None:
    assert lines("根据法（二）办", 4) == ["根据法", "（二）办"]


def test_a_number_stays_in_one_piece() -> None:
    assert lines("编号370101198003070074的", 18) == ["编号", "370101198003070074", "的"]


def test_what_is_wider_than_the_line_is_cut() -> None:
    assert lines("https://example.cn/", 8) == ["https://", "example.", "cn/"]


@pytest.mark.parametrize("nothing", ["", " "])
def test_nothing_is_one_empty_line(nothing: str) -> None:
    assert lines(nothing, 5) == [""]


@given(TYPED, st.integers(1, 12))
def test_nothing_is_lost_and_nothing_sticks_out(text: str, width: int) -> None:
    found = lines(text, width)
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= width for line in found)
