import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain.errors import InvalidValue
from renewal.domain.resume_code import ALPHABET, LENGTH, compact, new_code
from tests.domain.strategies import SLOW_MACHINE, full_width
from tests.naughty import NAUGHTY, is_sentence

codes = st.text(alphabet=ALPHABET, min_size=LENGTH, max_size=LENGTH)


def test_a_code_is_three_groups_of_four() -> None:
    for _ in range(100):
        assert re.fullmatch(f"(?:[{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", new_code())


def test_no_two_are_the_same() -> None:
    assert len({new_code() for _ in range(1000)}) == 1000


def test_it_cannot_be_guessed() -> None:
    assert len(ALPHABET) ** LENGTH > 2**59


def test_nothing_that_looks_alike_on_paper_is_in_it() -> None:
    assert not set("0O1IL") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


@given(codes)
@settings(**SLOW_MACHINE)
def test_a_code_is_read_however_it_is_written(code: str) -> None:
    grouped = f"{code[:4]}-{code[4:8]}-{code[8:]}"
    for written in (code, grouped, grouped.lower(), grouped.replace("-", " "), full_width(code), f" {grouped}\n"):
        assert compact(written) == code


@pytest.mark.parametrize("written", ["7KQM－2XWD－9HTA", "7KQM—2XWD—9HTA", "7KQM–2XWD–9HTA", "7KQM‐2XWD‐9HTA"])
def test_any_dash_of_a_phones_keyboard_will_do(written: str) -> None:
    assert compact(written) == "7KQM2XWD9HTA"


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from("01OIL!好"))
@settings(**SLOW_MACHINE)
def test_a_character_that_is_never_used_is_refused(code: str, place: int, wrong: str) -> None:
    with pytest.raises(InvalidValue, match="12位"):
        compact(code[:place] + wrong + code[place + 1 :])


@given(st.text(alphabet=ALPHABET, max_size=30).filter(lambda text: len(text) != LENGTH))
@settings(**SLOW_MACHINE)
def test_another_length_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        compact(text)


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        compact(text)
    assert is_sentence(str(refused.value))
