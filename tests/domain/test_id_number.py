from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from renewal.domain.errors import InvalidValue
from renewal.domain.id_number import IdKind, Sex, checksum_character, compact, kind_from, parse
from tests.domain.strategies import (
    SLOW_MACHINE,
    TODAY,
    foreigner_numbers,
    full_width,
    hmt_numbers,
    id_numbers,
    is_read_or_refused_in_words,
    resident_numbers,
)


def completed(first17: str) -> str:
    return first17 + checksum_character(first17)


@pytest.mark.parametrize(
    ("number", "kind", "born", "sex"),
    [
        ("370103199701010017", IdKind.RESIDENT, date(1997, 1, 1), Sex.MALE),
        ("44011320141005001X", IdKind.RESIDENT, date(2014, 10, 5), Sex.MALE),
        ("810000199001010019", IdKind.HMT, date(1990, 1, 1), Sex.MALE),
        ("830000199001010012", IdKind.HMT, date(1990, 1, 1), Sex.MALE),
        ("932682198501010017", IdKind.FOREIGNER, date(1985, 1, 1), Sex.MALE),
    ],
)
def test_published_samples_are_read(number: str, kind: IdKind, born: date, sex: Sex) -> None:
    result = parse(number, TODAY)
    assert (result.number, result.kind, result.birth_date, result.sex) == (number, kind, born, sex)


@pytest.mark.parametrize(
    ("area", "born"),
    [
        ("500101", "19800101"),
        ("460100", "19700101"),
        ("110111", "19800101"),
        ("810000", "19500101"),
        ("820000", "19600101"),
        ("830000", "19700101"),
        ("370199", "19880808"),
        ("710000", "19750505"),
    ],
)
def test_a_county_younger_or_older_than_the_person_is_no_error(area: str, born: str) -> None:
    assert parse(completed(f"{area}{born}002"), TODAY).sex is Sex.FEMALE


@given(resident_numbers)
@settings(**SLOW_MACHINE)
def test_every_well_formed_resident_number_is_taken(number: str) -> None:
    result = parse(number, TODAY)
    assert result.kind is IdKind.RESIDENT
    assert f"{result.birth_date:%Y%m%d}" == number[6:14]


@given(hmt_numbers)
@settings(**SLOW_MACHINE)
def test_a_residence_permit_of_hong_kong_macao_or_taiwan_is_known_by_its_area(number: str) -> None:
    assert parse(number, TODAY).kind is IdKind.HMT


@given(foreigner_numbers)
@settings(**SLOW_MACHINE)
def test_a_foreigners_number_is_known_by_its_nine(number: str) -> None:
    assert parse(number, TODAY).kind is IdKind.FOREIGNER


@given(id_numbers)
@settings(**SLOW_MACHINE)
def test_an_odd_sequence_means_male_and_an_even_one_female(number: str) -> None:
    assert parse(number, TODAY).sex is (Sex.MALE if number[16] in "13579" else Sex.FEMALE)


@given(id_numbers)
@settings(**SLOW_MACHINE)
def test_a_number_typed_with_spaces_small_x_and_full_width_digits_is_the_same(number: str) -> None:
    typed = f" {full_width(number[:6])} {number[6:14]}-{number[14:].lower()}\u200b"
    assert compact(typed) == number
    assert parse(typed, TODAY) == parse(number, TODAY)


@given(id_numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
@settings(**SLOW_MACHINE | {"max_examples": 300})
def test_a_single_wrong_digit_is_noticed(number: str, place: int, wrong: str) -> None:
    assume(number[place] != wrong)
    with pytest.raises(InvalidValue):
        parse(number[:place] + wrong + number[place + 1 :], TODAY)


@given(id_numbers, st.integers(0, 16))
@settings(**SLOW_MACHINE | {"max_examples": 300})
def test_two_neighbours_swapped_are_noticed(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    with pytest.raises(InvalidValue):
        parse(swapped, TODAY)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "请填写证件号码"),
        (" \u200b ", "请填写证件号码"),
        ("37010319970101001", "应为18位，您填写了17位"),
        ("3701031997010100171", "应为18位，您填写了19位"),
        ("370103970101001", "15位的旧身份证号码已停用"),
        ("37010319970101A017", "前17位应为数字"),
        ("37010319970101001Y", "最后一位应为数字或字母X"),
        ("٣70103199701010017", "前17位应为数字"),
        (completed("00010319970101001"), "地区代码不存在"),
        (completed("99968219850101001"), "地区代码不存在"),
        (completed("16010319970101001"), "地区代码不存在"),
        ("370103199702290014", "不是真实的出生日期"),
        (completed("37010319971301001"), "不是真实的出生日期"),
        (completed("37010300000101001"), "不是真实的出生日期"),
        (completed("37010318991231001"), "不是真实的出生日期"),
        ("370103209901010018", "晚于今天"),
        ("370103199701010018", "可能输错了一位"),
    ],
)
def test_each_fault_has_its_own_words(typed: str, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason):
        parse(typed, TODAY)


def test_a_person_born_today_is_taken_and_born_tomorrow_is_not() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert parse(completed(f"370103{TODAY:%Y%m%d}001"), TODAY).birth_date == TODAY
    with pytest.raises(InvalidValue, match="晚于今天"):
        parse(completed(f"370103{tomorrow:%Y%m%d}001"), TODAY)


def test_a_leap_day_is_a_birthday() -> None:
    assert parse(completed("37010320000229001"), TODAY).birth_date == date(2000, 2, 29)


@given(st.from_regex("[A-Z]{3}[0-9]{12}", fullmatch=True))
@settings(**SLOW_MACHINE)
def test_the_old_foreigners_form_states_neither_date_nor_sex(number: str) -> None:
    result = parse(number.lower(), TODAY)
    assert (result.kind, result.number) == (IdKind.FOREIGNER, number)
    assert result.birth_date is None
    assert result.sex is None


@given(st.text(st.sampled_from("0123456789XxA０ -"), max_size=22))
@settings(**SLOW_MACHINE)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    assert is_read_or_refused_in_words(lambda typed: parse(typed, TODAY), text)


def test_a_check_character_needs_seventeen_digits() -> None:
    assert checksum_character("37010319970101001") == "7"
    with pytest.raises(ValueError, match="zip"):
        checksum_character("3701031997010100")


@pytest.mark.parametrize("kind", IdKind)
def test_a_kind_is_found_by_its_value_and_by_its_label(kind: IdKind) -> None:
    assert kind_from(kind.value) is kind
    assert kind_from(kind.label) is kind
    assert kind_from(f" {kind.value.upper()} ") is kind


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("身份证", IdKind.RESIDENT),
        ("居民身份证", IdKind.RESIDENT),
        ("港澳居民居住证", IdKind.HMT),
        ("台湾居民居住证", IdKind.HMT),
        ("外国人永久居留证", IdKind.FOREIGNER),
    ],
)
def test_a_kind_is_found_by_the_documents_usual_names(typed: str, kind: IdKind) -> None:
    assert kind_from(typed) is kind


@pytest.mark.parametrize("typed", ["", "护照", "resident hmt"])
def test_another_document_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValue, match="请选择证件类型"):
        kind_from(typed)
