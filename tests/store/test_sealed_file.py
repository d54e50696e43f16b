import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.store import sealed_file
from renewal.store.sealed_file import PIECE, TAG, Altered, SealedReader, SealedWriter

KEY, SALT, HEAD = b"k" * 16, b"s" * 16, b"RENEWAL-BACKUP 1\n{}\n"


def sealed(plain: bytes, head: bytes = HEAD) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, KEY, SALT, head)
    for at in range(0, len(plain), 100_000):
        writer.write(plain[at : at + 100_000])
    writer.finish()
    return file.getvalue()


def opened(file: bytes, size: int, key: bytes = KEY, salt: bytes = SALT, head: bytes = HEAD) -> bytes:
    reader = SealedReader(io.BytesIO(file), key, salt, head)
    plain = reader.read(size)
    reader.finish()
    return plain


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(sealed_file, "PIECE", 64)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])
def test_what_was_sealed_opens_whatever_its_length(size):
    plain = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert opened(sealed(plain), size) == plain


def test_nothing_of_it_can_be_read():
    assert b"secret" not in sealed(b"secret" * 1000)


def test_two_files_of_the_same_never_look_alike():
    assert sealed_file.salt() != sealed_file.salt()
    file = io.BytesIO()
    SealedWriter(file, KEY, b"t" * 16, HEAD).finish()
    assert file.getvalue() != sealed(b"")


@given(st.data())
def test_any_bit_that_flips_is_noticed(data):
    file = bytearray(sealed(b"0123456789" * 20))
    bit = data.draw(st.integers(0, len(file) * 8 - 1))
    file[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Altered):
        opened(bytes(file), 200)


@given(st.integers(0, 3 * (64 + TAG) + 8 + TAG - 1))
def test_a_file_cut_off_anywhere_is_noticed(length):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealed_file, "PIECE", 64)
        file = sealed(b"x" * 200)
        with pytest.raises(Altered):
            opened(file[:length], 200)


def test_pieces_that_changed_places_or_were_left_out_are_noticed(small_pieces):
    file = sealed(b"a" * 64 + b"b" * 64 + b"c")
    one, two, last = file[:80], file[80:160], file[160:]
    assert opened(one + two + last, 129) == b"a" * 64 + b"b" * 64 + b"c"
    for changed in (two + one + last, two + last, one + last, one + two + two + last, one + one + last):
        with pytest.raises(Altered):
            opened(changed, 129)


def test_what_was_added_is_noticed(small_pieces):
    file = sealed(b"a" * 64)
    with pytest.raises(Altered):
        opened(file + file, 64)
    with pytest.raises(Altered):
        opened(sealed(b"a" * 65), 64)
    with pytest.raises(Altered):
        opened(sealed(b"a" * 200), 64)


@pytest.mark.parametrize("other", [{"key": b"o" * 16}, {"salt": b"o" * 16}, {"head": HEAD + b"!"}], ids=str)
def test_another_key_or_head_opens_nothing(other):
    with pytest.raises(Altered):
        opened(sealed(b"plain"), 5, **other)
