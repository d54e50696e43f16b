import os
import stat
from pathlib import Path

import pytest

from renewal.store.keys import Keys, KeysMissing, KeysWrong
from renewal.store.sealed import Sealer


def everything_in(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_fresh_keys_are_long_and_never_twice_the_same():
    one, other = Keys.fresh(), Keys.fresh()
    assert (len(one.session), len(one.sealing[1]), len(one.index)) == (64, 16, 32)
    assert one.session != other.session
    assert one.sealing != other.sealing
    assert one.index != other.index


def test_written_keys_are_read_as_they_were(tmp_path):
    keys = Keys("s" * 64, {1: b"a" * 16, 12: b"\0" * 16}, b"i" * 32)
    keys.write(tmp_path / "keys")
    assert Keys.read(tmp_path / "keys") == keys


def test_the_first_start_makes_keys_and_every_later_one_reads_them(tmp_path):
    first = Keys.read_or_make(tmp_path / "keys", make=True)
    assert Keys.read_or_make(tmp_path / "keys", make=True) == first
    assert Keys.read_or_make(tmp_path / "keys", make=False) == first


def test_only_their_owner_reads_them(tmp_path):
    before = os.umask(0)
    try:
        Keys.fresh().write(tmp_path / "keys")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "keys").iterdir()} == {0o600}


def test_keys_are_never_overwritten(tmp_path):
    Keys.fresh().write(tmp_path / "keys")
    before = everything_in(tmp_path / "keys")
    with pytest.raises(FileExistsError, match="holds keys already"):
        Keys.fresh().write(tmp_path / "keys")
    assert everything_in(tmp_path / "keys") == before


def test_an_empty_folder_of_the_name_is_not_taken_for_a_place_to_make_keys(tmp_path):
    (tmp_path / "keys").mkdir()
    with pytest.raises(KeysMissing):
        Keys.read_or_make(tmp_path / "keys", make=True)
    assert not everything_in(tmp_path / "keys")


def test_keys_appear_whole_or_not_at_all(tmp_path, monkeypatch):
    def power_cut(_descriptor: int) -> None:
        raise OSError("the power went")

    monkeypatch.setattr(os, "fsync", power_cut)
    with pytest.raises(OSError, match="power"):
        Keys.fresh().write(tmp_path / "keys")
    assert not (tmp_path / "keys").exists()


def test_a_start_after_a_cut_one_makes_whole_keys(tmp_path):
    (tmp_path / "keys.new").mkdir()
    (tmp_path / "keys.new" / "session").write_text("half")
    keys = Keys.read_or_make(tmp_path / "keys", make=True)
    assert len(keys.session) == 64
    assert not (tmp_path / "keys.new").exists()


def test_with_data_there_missing_keys_are_never_made_anew(tmp_path):
    with pytest.raises(KeysMissing, match="put the keys back from the backup"):
        Keys.read_or_make(tmp_path / "keys", make=False)
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("file", ["session", "sealing", "index"])
def test_a_single_missing_file_is_named(tmp_path, file):
    Keys.fresh().write(tmp_path / "keys")
    (tmp_path / "keys" / file).unlink()
    with pytest.raises(KeysMissing, match=f"keys/{file} is missing"):
        Keys.read_or_make(tmp_path / "keys", make=True)


def test_a_newer_key_is_a_line_more(tmp_path):
    Keys.fresh().write(tmp_path / "keys")
    with (tmp_path / "keys" / "sealing").open("a") as file:
        file.write(f"2 {'ab' * 16}\n")
    assert Keys.read(tmp_path / "keys").sealing[2] == b"\xab" * 16


@pytest.mark.parametrize("file", ["session", "sealing", "index"])
@pytest.mark.parametrize("text", ["", "zz", "1 abc\n", "\xff"])
def test_a_damaged_file_is_no_key(tmp_path, file, text):
    Keys.fresh().write(tmp_path / "keys")
    (tmp_path / "keys" / file).write_bytes(text.encode("latin-1"))
    if (file, text) in {("session", "zz"), ("session", "1 abc\n")}:
        return  # any text signs cookies
    with pytest.raises(KeysWrong):
        Keys.read(tmp_path / "keys")


def test_a_renewed_key_seals_and_the_old_one_still_opens(tmp_path):
    old = Keys.fresh()
    sealed = Sealer(old).seal(b"old", "place")
    old.write(tmp_path / "keys")
    old.rotated().write_over(tmp_path / "keys")
    keys = Keys.read(tmp_path / "keys")
    assert (keys.session, keys.index, sorted(keys.sealing)) == (old.session, old.index, [1, 2])
    assert Sealer(keys).unseal(sealed, "place") == b"old"
    assert Sealer(keys).seal(b"new", "place")[0] == 2
    assert stat.S_IMODE((tmp_path / "keys" / "sealing").stat().st_mode) == 0o600


def test_a_renewal_cut_short_leaves_the_old_keys(tmp_path, monkeypatch):
    old = Keys.fresh()
    old.write(tmp_path / "keys")

    def power_cut(_descriptor: int) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", power_cut)
        with pytest.raises(OSError, match="power"):
            old.rotated().write_over(tmp_path / "keys")
    assert Keys.read(tmp_path / "keys") == old
    old.rotated().write_over(tmp_path / "keys")
    assert sorted(Keys.read(tmp_path / "keys").sealing) == [1, 2]


def test_there_is_no_256th_key():
    with pytest.raises(ValueError, match="one byte"):
        Keys("s", {255: b"k" * 16}, b"i").rotated()


def test_fingerprints_tell_keys_apart_and_tell_nothing_else():
    one, other = Keys.fresh(), Keys.fresh()
    assert not set(one.fingerprints().values()) & set(other.fingerprints().values())
    assert one.fingerprints().items() <= one.rotated().fingerprints().items()
    assert one.sealing[1].hex()[:16] not in one.fingerprints().values()
