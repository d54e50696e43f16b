import json
import os
import resource
import signal
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.store import backup_file, dump, models
from renewal.store.backup_file import Backup, Refused
from renewal.store.event_log import EventLog
from renewal.store.keys import Keys
from renewal.store.sealed_file import PIECE
from tests.factories import NOON, SAME_FIXTURES, person, stored, submitted


@pytest.fixture
def file(tmp_path):
    return tmp_path / "one.backup"


@pytest.fixture
def made(services, keys, file):
    """A backup of two cases."""
    for serial in (1, 2):
        submitted(services, person(serial))
    return backup_file.write(services.database, keys, file, NOON)


def test_a_manifest_counts_all_rows_and_names_the_end_of_the_log(services, made):
    counted = {model._meta.table_name: len(stored(services, model)) for model in models.TABLES}
    assert made.rows == counted
    assert made.head == EventLog(services.database, services.sealer).head()
    assert made.moment == NOON


def test_what_was_written_is_read_as_it_was(made, file, keys):
    assert Backup.of(file, keys).read() == made


def test_only_its_owner_reads_it_and_nobody_what_is_in_it(services, made, file):
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for secret in (person(1).name, "泉城工程监理有限公司", "李*明", stored(services, models.Application)[0].number):
        assert secret.encode() not in file.read_bytes()


def test_no_other_file_is_overwritten_and_no_half_one_stays(services, made, keys, file):
    before = file.read_bytes()
    with pytest.raises(FileExistsError):
        backup_file.write(services.database, keys, file, NOON)
    assert file.read_bytes() == before
    assert [each.name for each in file.parent.glob("one*")] == ["one.backup"]


def test_readers_and_writers_go_on_while_it_is_made(services, keys, file, monkeypatch):
    """And what they write is not in it."""
    before = submitted(services, person(1))

    def and_meanwhile(database, sink):
        tally = write(database, sink)
        other = type(services).over(type(database)(database.url), services.sealer, services.now, services.policy)
        submitted(other, person(2))
        other.database.close()
        return tally

    write = dump.write
    monkeypatch.setattr(dump, "write", and_meanwhile)
    made = backup_file.write(services.database, keys, file, NOON)
    assert made.rows["application"] == 1
    assert made.head.hash == services.applications.events(before.id)[-1].hash
    assert len(stored(services, models.Application)) == 2


@SAME_FIXTURES
@given(data=st.data())
def test_any_bit_that_flips_is_noticed(made, file, keys, data):
    whole = file.read_bytes()
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    changed = bytearray(whole)
    changed[bit // 8] ^= 1 << bit % 8
    damaged = file.with_name("damaged")
    damaged.write_bytes(changed)
    with pytest.raises(Refused):
        Backup.of(damaged, keys).read()


@SAME_FIXTURES
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_file_cut_off_anywhere_is_refused(made, file, keys, share):
    whole = file.read_bytes()
    cut = file.with_name("cut")
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(Refused):
        Backup.of(cut, keys).read()


def test_a_file_with_something_behind_it_is_refused(made, file, keys):
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(Refused, match="已损坏"):
        Backup.of(file, keys).read()


@pytest.mark.parametrize("text", ["", "PK\3\4", "RENEWAL-BACKUP\n", "SQLite format 3\0" * 9, "x" * 100_000])
def test_another_file_is_not_taken_for_a_backup(file, keys, text):
    file.write_text(text)
    with pytest.raises(Refused, match="不是本系统的备份文件"):
        Backup.of(file, keys)


def test_a_later_form_asks_for_the_later_release(made, file, keys):
    file.write_bytes(file.read_bytes().replace(b"RENEWAL-BACKUP 1", b"RENEWAL-BACKUP 2", 1))
    with pytest.raises(Refused, match="更新的版本"):
        Backup.of(file, keys)


def test_other_keys_are_told_before_anything_is_read(made, file):
    with pytest.raises(Refused, match="另一套密钥"):
        Backup.of(file, Keys.fresh())


def test_keys_renewed_since_open_it_and_keys_from_before_the_renewal_do_not(services, keys, tmp_path):
    older, newer = tmp_path / "older", tmp_path / "newer"
    backup_file.write(services.database, keys, older, NOON)
    backup_file.write(services.database, keys.rotated(), newer, NOON)
    assert Backup.of(older, keys.rotated()).read()
    with pytest.raises(Refused, match="另一套密钥"):
        Backup.of(newer, keys)


def test_a_full_disk_leaves_no_half_file(services, made, keys, file):
    """A real limit, in a process of its own: the file would be longer."""
    submitted(services, person(3))
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (PIECE // 8, PIECE // 8))
        try:
            backup_file.write(services.database, keys, file.with_name("two.backup"), NOON)
        except OSError as full:
            os._exit(full.errno or 0)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 27  # EFBIG
    assert [each.name for each in file.parent.glob("*backup*")] == ["one.backup"]


def test_the_clear_head_tells_no_key_and_nobody(made, file, keys):
    prefix, head = file.read_bytes().split(b"\n", 2)[:2]
    assert prefix == b"RENEWAL-BACKUP 1"
    assert set(json.loads(head)) == {"moment", "migrations", "key", "keys", "salt"}
    assert keys.sealing[1].hex() not in head.decode()


def test_a_backup_whose_records_lie_is_refused(services, keys, file, monkeypatch):
    """Rightly sealed, but its end does not fit what stands before it."""
    end = dump.end
    monkeypatch.setattr(dump, "end", lambda sink, manifest: end(sink, manifest | {"sha256": "0" * 64}))
    backup_file.write(services.database, keys, file, NOON)
    with pytest.raises(Refused, match="已损坏"):
        Backup.of(file, keys).read()
