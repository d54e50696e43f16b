import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.store.keys import Keys
from renewal.store.sealed import NONCE, TAG, Sealer, Unsealable
from tests.factories import SAME_FIXTURES

KEYS = Keys("session", {1: b"k" * 16}, b"i" * 32)
SEALER = Sealer(KEYS)


def rotated(keys: Keys, new_id: int) -> Keys:
    """The same keys and a newer one beside them."""
    return Keys(keys.session, {**keys.sealing, new_id: b"n" * 16}, keys.index)


@SAME_FIXTURES
@given(st.binary(max_size=200), st.text(max_size=30))
def test_what_is_sealed_opens_at_its_place(plain, place):
    assert SEALER.unseal(SEALER.seal(plain, place), place) == plain


@SAME_FIXTURES
@given(st.binary(max_size=50), st.text(max_size=10), st.text(max_size=10))
def test_it_opens_at_no_other_place(plain, place, other):
    sealed = SEALER.seal(plain, place)
    if place != other:
        with pytest.raises(Unsealable):
            SEALER.unseal(sealed, other)


@SAME_FIXTURES
@given(st.binary(min_size=1, max_size=50), st.data())
def test_one_flipped_bit_anywhere_shows(plain, data):
    sealed = bytearray(SEALER.seal(plain, "draft:1"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Unsealable):
        SEALER.unseal(bytes(sealed), "draft:1")


@SAME_FIXTURES
@given(st.data())
def test_a_value_cut_short_shows(data):
    sealed = SEALER.seal(b"plain", "draft:1")
    with pytest.raises(Unsealable):
        SEALER.unseal(sealed[: data.draw(st.integers(0, len(sealed) - 1))], "draft:1")


def test_no_other_key_opens_it():
    with pytest.raises(Unsealable):
        Sealer(Keys("session", {1: b"x" * 16}, KEYS.index)).unseal(SEALER.seal(b"plain", "draft:1"), "draft:1")


def test_the_trouble_names_the_place_and_not_what_lies_there():
    with pytest.raises(Unsealable, match=r"^draft:2$"):
        SEALER.unseal(SEALER.seal(b"370101198003070031", "draft:1"), "draft:2")


def test_a_sealed_value_is_key_id_nonce_tag_and_as_many_bytes_as_the_plain():
    sealed = SEALER.seal(b"plain", "draft:1")
    assert sealed[0] == 1
    assert len(sealed) == 1 + NONCE + TAG + len(b"plain")


def test_the_same_plain_is_never_sealed_the_same():
    assert len({SEALER.seal(b"plain", "draft:1") for _ in range(50)}) == 50


def test_a_newer_key_seals_and_the_older_one_still_opens():
    newer = Sealer(rotated(KEYS, 2))
    old = SEALER.seal(b"before", "draft:1")
    new = newer.seal(b"after", "draft:1")
    assert (old[0], new[0]) == (1, 2)
    assert newer.unseal(old, "draft:1") == b"before"
    assert newer.unseal(new, "draft:1") == b"after"


def test_the_highest_id_seals_in_whatever_order_the_keys_are_read():
    keys = Keys("session", {9: b"n" * 16, 10: b"t" * 16, 2: b"o" * 16}, b"i" * 32)
    assert Sealer(keys).seal(b"plain", "draft:1")[0] == 10


def test_what_a_newer_key_sealed_stays_shut_without_it():
    with pytest.raises(Unsealable):
        SEALER.unseal(Sealer(rotated(KEYS, 2)).seal(b"plain", "draft:1"), "draft:1")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@SAME_FIXTURES
@given(json_values)
def test_answers_come_back_as_they_were(value):
    assert SEALER.unseal_json(SEALER.seal_json(value, "draft:1"), "draft:1") == value


def test_half_a_character_comes_back_as_it_was():
    assert SEALER.unseal_json(SEALER.seal_json({"school": "\ud800"}, "draft:1"), "draft:1") == {"school": "\ud800"}


@SAME_FIXTURES
@given(st.text(), st.text())
def test_equal_texts_and_only_these_have_the_same_index(one, other):
    assert (SEALER.index("id_number", one) == SEALER.index("id_number", other)) is (one == other)


def test_an_index_says_nothing_without_the_kind_and_the_key():
    index = SEALER.index("id_number", "370101198003070031")
    assert len(index) == 64
    assert int(index, 16)
    assert index != SEALER.index("resume", "370101198003070031")
    assert index != Sealer(Keys("session", {1: b"k" * 16}, b"o" * 32)).index("id_number", "370101198003070031")


def test_a_new_sealing_key_still_finds_everybody():
    assert Sealer(rotated(KEYS, 2)).index("id_number", "1") == SEALER.index("id_number", "1")
