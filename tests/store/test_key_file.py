import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain.errors import InvalidValue
from renewal.store.key_file import needs_passphrase, pack, unpack
from renewal.store.keys import Keys

KEYS = Keys("s" * 64, {1: b"a" * 16, 12: b"\0" * 16}, b"i" * 32)
PASSPHRASE = "七月的雨下在泉城的屋顶上"


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_keys_come_back_as_they_were(passphrase):
    packed = pack(KEYS, passphrase)
    assert needs_passphrase(packed) is bool(passphrase)
    assert unpack(packed, passphrase) == KEYS


def test_under_a_passphrase_no_key_is_to_be_seen():
    packed = pack(KEYS, PASSPHRASE)
    for secret in (KEYS.session.encode(), b"61" * 16, KEYS.index.hex().encode()):
        assert secret not in packed
        assert secret in pack(KEYS, "")


def test_a_wrong_passphrase_is_told():
    with pytest.raises(InvalidValue, match="口令不对"):
        unpack(pack(KEYS, PASSPHRASE), PASSPHRASE[:-1])


def test_a_short_passphrase_protects_nothing():
    with pytest.raises(InvalidValue, match="至少12个字"):
        pack(KEYS, "12345678901")


@pytest.mark.parametrize(
    "file",
    [b"", b"\xff\xfe", b"[]", b"{}", b'"renewal keys"', b'{"renewal keys": 1}', b'{"renewal keys": 1, "sealed": 3}'],
)
def test_what_is_no_key_file_is_told(file):
    with pytest.raises(InvalidValue, match="不是本系统的密钥文件"):
        unpack(file, "")


def test_a_file_of_a_later_form_asks_for_the_later_release():
    with pytest.raises(InvalidValue, match="更新的版本"):
        unpack(json.dumps({"renewal keys": 2}).encode(), "")


@settings(deadline=None, max_examples=15)
@given(st.data())
def test_no_damage_gives_other_keys(data):
    packed = bytearray(pack(KEYS, PASSPHRASE))
    bit = data.draw(st.integers(0, len(packed) * 8 - 1))
    packed[bit // 8] ^= 1 << bit % 8
    with suppress(InvalidValue):
        assert unpack(bytes(packed), PASSPHRASE) == KEYS  # a digit in another case: the same keys
