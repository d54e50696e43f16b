import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from renewal.domain.credit_code import ALPHABET, check_character, parse
from renewal.domain.errors import InvalidValue
from tests.domain.strategies import SLOW_MACHINE, credit_codes, full_width


@pytest.mark.parametrize("code", ["91110000600037341L", "91100000100003962T"])
def test_published_samples_are_read(code: str) -> None:
    assert parse(code) == code


@given(credit_codes)
@settings(**SLOW_MACHINE)
def test_every_well_formed_code_is_taken(code: str) -> None:
    assert parse(code) == code


@given(credit_codes)
@settings(**SLOW_MACHINE)
def test_a_code_typed_small_spaced_and_full_width_is_the_same(code: str) -> None:
    assert parse(f" {full_width(code[:8]).lower()} {code[8:].lower()} ") == code


@given(credit_codes, st.integers(0, 17), st.sampled_from(ALPHABET))
@settings(**SLOW_MACHINE | {"max_examples": 300})
def test_a_single_wrong_character_is_noticed(code: str, place: int, wrong: str) -> None:
    assume(code[place] != wrong)
    with pytest.raises(InvalidValue):
        parse(code[:place] + wrong + code[place + 1 :])


@given(credit_codes, st.integers(0, 16))
@settings(**SLOW_MACHINE | {"max_examples": 300})
def test_two_neighbours_swapped_are_noticed(code: str, place: int) -> None:
    assume(code[place] != code[place + 1])
    with pytest.raises(InvalidValue):
        parse(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "请填写统一社会信用代码"),
        ("9111000060003734", "应为18位，您填写了16位"),
        ("370103197001011", "应为18位，您填写了15位"),
        ("9111OOOO600037341L", "没有字母I、O、S、V、Z"),
        ("B1110000600037341L", "格式不对"),
        ("01110000600037341L", "格式不对"),
        ("911100A0600037341L", "格式不对"),
        ("91110000６00037341中", "格式不对"),
        ("91110000600037341K", "可能输错了一位"),
    ],
)
def test_each_fault_has_its_own_words(typed: str, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason):
        parse(typed)


@pytest.mark.parametrize("first17", ["", "9111000060003734", "91110000600037341L"])
def test_a_check_character_needs_seventeen_characters(first17: str) -> None:
    with pytest.raises(ValueError, match="17 characters"):
        check_character(first17)
