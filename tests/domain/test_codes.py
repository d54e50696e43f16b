import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain.codes import DEGREES, EDUCATIONS, ETHNICITIES, PROVINCES, SEXES, SPECIALTIES, CodeList
from renewal.domain.errors import InvalidValue
from renewal.domain.id_number import Sex
from renewal.domain.text import normalise
from tests.domain.strategies import SLOW_MACHINE

LISTS = pytest.mark.parametrize(
    "codes", [ETHNICITIES, EDUCATIONS, DEGREES, SPECIALTIES, SEXES], ids=lambda codes: codes.title
)


def test_the_lists_are_complete() -> None:
    assert len(ETHNICITIES.names) == 58
    assert len(SPECIALTIES.names) == 14
    assert EDUCATIONS.names == ("博士研究生", "硕士研究生", "大学本科", "大学专科", "中专", "其他", "无")
    assert DEGREES.names == ("无", "学士", "硕士", "博士")
    assert SEXES.names == tuple(Sex)
    assert len(PROVINCES) == 35


@LISTS
def test_names_and_codes_are_unique(codes: CodeList) -> None:
    known = [entry.code for entry in codes.codes if entry.code is not None]
    assert len(set(known)) == len(known)
    assert len(set(codes.names)) == len(codes.names)


@LISTS
def test_every_name_and_code_is_read_back(codes: CodeList) -> None:
    for entry in codes.codes:
        assert codes.parse(entry.name) == entry.name
        assert codes.code(entry.name) == entry.code
        assert entry.code is None or codes.parse(entry.code) == entry.name


@LISTS
def test_every_alias_leads_to_a_name_and_hides_none(codes: CodeList) -> None:
    taken = set(codes.names) | {entry.code for entry in codes.codes}
    for alias, name in codes.aliases.items():
        assert codes.parse(alias) == name
        assert alias == normalise(alias)
        assert alias not in taken


@LISTS
@pytest.mark.parametrize("typed", ["", "  ", "火星", "None", "-1", "汉族 蒙古族"])
def test_anything_else_must_be_chosen_anew(codes: CodeList, typed: str) -> None:
    with pytest.raises(InvalidValue, match=f"^请选择{codes.title}。$"):
        codes.parse(typed)


@LISTS
@given(text=st.text(max_size=4))
@settings(**SLOW_MACHINE)
def test_parsing_never_leaves_the_list(codes: CodeList, text: str) -> None:
    try:
        assert codes.parse(text) in codes.names
    except InvalidValue:
        assert normalise(text) not in codes.names


@pytest.mark.parametrize(
    ("codes", "typed", "name"),
    [
        (ETHNICITIES, "02", "蒙古族"),
        (ETHNICITIES, "2", "蒙古族"),
        (ETHNICITIES, "０２", "蒙古族"),
        (ETHNICITIES, "汉", "汉族"),
        (ETHNICITIES, "毛难族", "毛南族"),
        (ETHNICITIES, "崩龙族", "德昂族"),
        (ETHNICITIES, "57", "其他"),
        (EDUCATIONS, "本科", "大学本科"),
        (EDUCATIONS, "大专", "大学专科"),
        (DEGREES, "学士学位", "学士"),
        (SPECIALTIES, "1", "房屋建筑工程"),
        (SEXES, "1", "男"),
        (SEXES, "2", "女"),
        (SEXES, "男性", "男"),
        (SEXES, "女性", "女"),
    ],
)
def test_other_spellings_are_understood(codes: CodeList, typed: str, name: str) -> None:
    assert codes.parse(typed) == name


def test_nothing_has_no_code() -> None:
    assert EDUCATIONS.code("无") is None
    assert EDUCATIONS.code("没有这一项") is None


@LISTS
def test_common_names_may_lead_and_the_others_keep_their_order(codes: CodeList) -> None:
    last = codes.names[-1]
    assert codes.led_by(last) == (last, *codes.names[:-1])
    assert codes.led_by() == codes.names
