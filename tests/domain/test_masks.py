import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain import masks
from tests.domain.strategies import SLOW_MACHINE, han_names, id_numbers, phones

plain_text = st.text(st.characters(exclude_characters="*", exclude_categories=("Cs", "Z", "C")), max_size=30)


def test_the_masks_look_as_agreed() -> None:
    assert masks.phone("13012341234") == "130****1234"
    assert masks.id_number("370103199701011234") == "3701**********1234"
    assert masks.id_number("USA123456789012") == "USA1*******9012"
    assert masks.name("李明") == "李*"
    assert masks.name("李小明") == "李*明"


@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("", ""),
        ("李", "*"),
        ("欧阳小明", "欧**明"),
        ("阿卜杜拉·买买提", "阿******提"),
        ("𠮷野家", "𠮷*家"),
        ("John Smith", "J*** S****"),
        ("John F. Kennedy", "J*** F* K******"),
        ("J Li", "* L*"),
        ("X", "*"),
    ],
)
def test_long_short_and_latin_names_are_masked_sensibly(name: str, mask: str) -> None:
    assert masks.name(name) == mask


@given(phones)
@settings(**SLOW_MACHINE)
def test_a_phone_hides_its_middle(number: str) -> None:
    assert masks.phone(number) == f"{number[:3]}****{number[7:]}"


@given(id_numbers)
@settings(**SLOW_MACHINE)
def test_an_id_number_hides_birth_date_and_county(number: str) -> None:
    assert masks.id_number(number) == f"{number[:4]}**********{number[14:]}"


@pytest.mark.parametrize("length", range(11))
def test_a_cut_off_number_shows_nothing(length: int) -> None:
    cut = "37010319970"[:length]
    assert masks.phone(cut) == "*" * length
    assert masks.id_number(cut) == "*" * length


@given(plain_text)
@settings(**SLOW_MACHINE)
def test_of_any_number_at_least_four_characters_stay_hidden(text: str) -> None:
    for mask in (masks.phone, masks.id_number):
        masked = mask(text)
        assert len(masked) == len(text)
        assert masked.count("*") >= min(4, len(text))


@given(han_names)
@settings(**SLOW_MACHINE)
def test_of_a_han_name_at_most_two_characters_are_seen(name: str) -> None:
    masked = masks.name(name)
    assert len(masked) == len(name)
    assert len(masked.replace("*", "")) == (0, 1, 2)[min(len(name) - 1, 2)]


@given(plain_text.filter(bool))
@settings(**SLOW_MACHINE)
def test_no_name_is_ever_shown_whole(name: str) -> None:
    assert masks.name(name) != name
    assert "*" in masks.name(name)
