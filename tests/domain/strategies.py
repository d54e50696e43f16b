"""Generated values shared by the tests of this folder; no number belongs to a real person."""

from collections.abc import Callable
from datetime import date

from hypothesis import strategies as st

from renewal.domain.codes import PROVINCES
from renewal.domain.credit_code import ALPHABET, check_character
from renewal.domain.errors import InvalidValue
from renewal.domain.id_number import checksum_character

TODAY = date(2026, 6, 15)
SLOW_MACHINE = {"deadline": None, "max_examples": 100}

past_days = st.dates(date(1900, 1, 1), TODAY)
days = st.dates(date(1950, 1, 1), date(2090, 12, 31))
_counties = st.from_regex("[0-9]{4}", fullmatch=True)
_sequences = st.from_regex("[0-9]{3}", fullmatch=True)


def _with_checksum(area: str, born: date, sequence: str) -> str:
    first17 = f"{area}{born:%Y%m%d}{sequence}"
    return first17 + checksum_character(first17)


mainland_provinces = st.sampled_from([prefix for prefix in PROVINCES if prefix[0] != "8"])
resident_areas = st.builds(str.__add__, mainland_provinces, _counties)
hmt_areas = st.sampled_from(["810000", "820000", "830000"])
foreigner_areas = st.builds("9{}{}".format, mainland_provinces, st.from_regex("[0-9]{3}", fullmatch=True))
areas = resident_areas | hmt_areas | foreigner_areas

id_numbers = st.builds(_with_checksum, areas, past_days, _sequences)
resident_numbers = st.builds(_with_checksum, resident_areas, past_days, _sequences)
hmt_numbers = st.builds(_with_checksum, hmt_areas, past_days, _sequences)
foreigner_numbers = st.builds(_with_checksum, foreigner_areas, past_days, _sequences)


def _credit_code(kind: str, area: str, rest: str) -> str:
    first17 = kind + area + rest
    return first17 + check_character(first17)


credit_codes = st.builds(
    _credit_code,
    st.text(alphabet="123456789ANY", min_size=1, max_size=1).flatmap(
        lambda first: st.sampled_from([first + second for second in ALPHABET])
    ),
    st.from_regex("[0-9]{6}", fullmatch=True),
    st.text(alphabet=ALPHABET, min_size=9, max_size=9),
)

phones = st.from_regex("1[3-9][0-9]{9}", fullmatch=True)
han = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
han_names = st.text(alphabet=han, min_size=1, max_size=20)


def full_width(text: str) -> str:
    """Digits and letters as a Chinese input method may type them."""
    return "".join(chr(ord(char) + 0xFEE0) if char.isalnum() and char.isascii() else char for char in text)


def is_read_or_refused_in_words(parse: Callable[[str], object], text: str) -> bool:
    """Nothing but a value or a Chinese sentence comes of any text whatever."""
    try:
        return parse(text) is not None
    except InvalidValue as refusal:
        return str(refusal).endswith("。")
