import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain.errors import InvalidValue
from renewal.domain.text import case_seen, compact, free_text, normalise, person_name, version
from tests.domain.strategies import SLOW_MACHINE, full_width, han, han_names, is_read_or_refused_in_words


def test_full_width_letters_digits_and_spaces_become_half_width() -> None:
    assert normalise("Ａｂｃ　１２３") == "Abc 123"


def test_full_width_punctuation_stays_as_companies_register_it() -> None:
    assert normalise("建筑工程（北京）有限公司") == "建筑工程（北京）有限公司"


@pytest.mark.parametrize("char", ["䶮", "㐂", "𠮷", "𬭚", "\U00031350", "\uf900", "\U0002f800", "〇"])
def test_rare_characters_survive(char: str) -> None:
    assert normalise(char) == char


def test_an_accent_typed_apart_is_joined_to_its_letter() -> None:
    assert normalise("Jose\u0301") == "José"


@pytest.mark.parametrize(
    "char",
    [
        "\u200b",
        "\ufeff",
        "\u200e",
        "\u202e",
        "\u2066",
        "\xad",
        "\x00",
        "\x7f",
        "\ud800",
        "\ufe0f",
        "\U000e0101",
    ],
)
def test_what_nobody_can_see_is_dropped(char: str) -> None:
    assert normalise(f"李{char}明") == "李明"


def test_line_breaks_and_tabs_become_one_space() -> None:
    assert normalise(" 山东\r\n\t大学 \u200b 威海 ") == "山东 大学 威海"


@given(st.text(st.characters()))
@settings(**SLOW_MACHINE)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(st.characters()))
@settings(**SLOW_MACHINE)
def test_normalised_text_can_be_stored_and_shown(text: str) -> None:
    result = normalise(text)
    result.encode("utf-8")
    assert result == result.strip()
    assert not {unicodedata.category(char) for char in result} & {"Cc", "Cf", "Cs"}


@given(st.text(han))
@settings(**SLOW_MACHINE)
def test_han_text_is_left_alone(text: str) -> None:
    assert normalise(text) == text


def test_a_number_is_compacted_whatever_it_was_typed_with() -> None:
    assert compact(" 3701 03-1997—0101\u200b００１ｘ\n") == "37010319970101001X"


@given(st.from_regex("[0-9A-Z]{0,20}", fullmatch=True))
@settings(**SLOW_MACHINE)
def test_a_number_typed_full_width_means_the_same(number: str) -> None:
    assert compact(full_width(number)) == number == compact(number)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("李", "李"),
        (" 李明 ", "李明"),
        ("李 明", "李明"),
        ("李　明", "李明"),
        ("诸 葛 孔 明", "诸葛孔明"),
        ("𠮷野", "𠮷野"),
        ("王䶮", "王䶮"),
        ("李〇", "李〇"),
        ("\U0003134a", "\U0003134a"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉・买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉‧买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉.买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉．买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉 · 买买提", "阿卜杜拉·买买提"),
        ("John F. Kennedy", "John F. Kennedy"),
        ("ＪＯＨＮ　ＳＭＩＴＨ", "JOHN SMITH"),
        ("O’Brien", "O'Brien"),
        ("Anne‑Marie Müller", "Anne-Marie Müller"),
    ],
)
def test_a_name_is_written_one_way(typed: str, name: str) -> None:
    assert person_name(typed) == name


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u200b"])
def test_an_empty_name_is_asked_for(typed: str) -> None:
    with pytest.raises(InvalidValue, match="请填写姓名"):
        person_name(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "···",
        "-",
        "李明1",
        "<b>李</b>",
        "李明😀",
        "李,明",
        "李\u0301",
        "Иван",
        "'; DROP TABLE--",
        "{{7*7}}",
        "李/明",
    ],
)
def test_a_name_of_other_characters_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValue, match="姓名只能有"):
        person_name(typed)


@pytest.mark.parametrize("char", ["\ue000", "\ufffd", "\U000f0000"])
def test_an_unreadable_character_is_refused_not_dropped(char: str) -> None:
    with pytest.raises(InvalidValue, match="无法识别"):
        person_name(f"李{char}")
    with pytest.raises(InvalidValue, match="无法识别"):
        free_text(f"山东{char}大学")


def test_a_name_ends_at_fifty_characters() -> None:
    assert person_name("李" * 50) == "李" * 50
    with pytest.raises(InvalidValue, match="最多填写50个字，现在是51个字"):
        person_name("李" * 51)


@given(han_names)
@settings(**SLOW_MACHINE)
def test_any_han_name_is_kept_as_it_is(name: str) -> None:
    assert person_name(name) == name


@given(st.text(st.sampled_from("李明阿·•. ．'-Ab　\u200b"), max_size=12))
@settings(**SLOW_MACHINE)
def test_a_name_taken_once_is_taken_again_unchanged(typed: str) -> None:
    try:
        name = person_name(typed)
    except InvalidValue:
        return
    assert person_name(name) == name


@pytest.mark.parametrize("typed", ["山东大学", "MIT", "第1建筑公司", "A<B & C>公司", "ئۇيغۇر"])
def test_a_school_or_employer_may_be_written_in_any_script(typed: str) -> None:
    assert free_text(typed) == typed


@pytest.mark.parametrize("typed", ["", " 　", "\u3164"])
def test_an_empty_text_is_asked_for(typed: str) -> None:
    with pytest.raises(InvalidValue, match="请填写"):
        free_text(typed)


@pytest.mark.parametrize("typed", ["123", "——", "！？", "😀"])
def test_a_text_without_a_letter_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValue, match="完整的名称"):
        free_text(typed)


def test_the_limit_is_named_and_counted_after_tidying() -> None:
    assert free_text("  山东大学  ", limit=4) == "山东大学"
    with pytest.raises(InvalidValue, match="最多填写4个字，现在是5个字"):
        free_text("中国海洋大", limit=4)
    with pytest.raises(InvalidValue, match="最多填写100个字"):
        free_text("大" * 101)


@given(st.text(st.characters()))
@settings(**SLOW_MACHINE)
def test_any_text_is_taken_or_refused_in_words(text: str) -> None:
    assert is_read_or_refused_in_words(person_name, text)
    assert is_read_or_refused_in_words(free_text, text)


@pytest.mark.parametrize("text", ["", "-1", "１", "1.0", "x", "²", "1" * 10])
def test_what_is_no_version_is_that_of_no_case(text: str) -> None:
    assert version(text) == -1
    assert case_seen(f"YX1:{text}") == ("YX1", -1)


def test_a_form_says_which_case_it_was_shown_and_as_what() -> None:
    assert case_seen("YX20260615000001:7") == ("YX20260615000001", 7)
    assert case_seen("YX20260615000001") == ("YX20260615000001", -1)
