import os
import stat
from pathlib import Path

import pytest

from renewal.store.keys import Keys, KeysMissing


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
