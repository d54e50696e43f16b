import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain import phone
from renewal.domain.errors import InvalidValue
from tests.domain.strategies import SLOW_MACHINE, full_width, phones


@given(phones)
@settings(**SLOW_MACHINE)
def test_every_mobile_number_is_taken(number: str) -> None:
    assert phone.parse(number) == number


@given(phones, st.sampled_from(["", "+86", "0086", "86", "+86 ", "(+86)", "（+86）", "＋８６-", "\u202a+86"]))
@settings(**SLOW_MACHINE)
def test_the_country_code_and_separators_do_not_matter(number: str, prefix: str) -> None:
    assert phone.parse(f"{prefix}{number[:3]}-{number[3:7]} {number[7:]}") == number
    assert phone.parse(prefix + full_width(number)) == number


@pytest.mark.parametrize("number", ["16212345678", "17012345678", "19212345678", "19912345678"])
def test_segments_of_every_operator_are_taken(number: str) -> None:
    assert phone.parse(number) == number


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "请填写手机号码"),
        ("+86", "请填写手机号码"),
        ("130123456ab", "只能是数字"),
        ("+85212345678", "只能是数字"),
        ("١٣٠١٢٣٤٥٦٧٨", "只能是数字"),
        ("0531-82345678", "不要填写固定电话"),
        ("1301234567", "应为11位，您填写了10位"),
        ("130123456789", "应为11位，您填写了12位"),
        ("12012345678", "13至19开头"),
        ("23012345678", "13至19开头"),
    ],
)
def test_each_fault_has_its_own_words(typed: str, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason):
        phone.parse(typed)
