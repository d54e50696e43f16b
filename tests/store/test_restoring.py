import fcntl
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from renewal.domain.policy import Policy
from renewal.services import Services
from renewal.store import backup_file, dump, models
from renewal.store.audit import verify
from renewal.store.backup_file import Backup, Refused
from renewal.store.database import MIGRATIONS, Database
from renewal.store.restoring import LOCK, restore
from renewal.store.sealed import Sealer
from tests.casework import ready
from tests.engines import about_sqlites_file
from tests.factories import NOON, person, returned, stored, submitted
from tests.staffing import staffed

pytestmark = about_sqlites_file

NAMES = sorted(file.stem for file in MIGRATIONS.glob("[0-9]*.py"))


def raw(file) -> dict[str, list[tuple]]:
    """Every row of every table as SQLite holds it, types included."""
    with closing(sqlite3.connect(file)) as database:
        tables = [model._meta.table_name for model in models.TABLES]
        return {name: sorted(database.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in tables}


def names(folder) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))} - {LOCK}


@pytest.fixture
def backup(services, keys, tmp_path):
    """Of an office with a bit of everything."""
    member = staffed(services)
    returned(services, ready(services, member, person(1)), portrait="照片不清")
    submitted(services, person(2), "selfie")
    submitted(services, person(2), owner="another phone")
    services.people.keep_avatar("a phone", b"face", NOON)
    file = tmp_path / "one.backup"
    backup_file.write(services.database, keys, file, NOON)
    return Backup.of(file, keys)


@pytest.fixture
def elsewhere(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.fixture
def target(elsewhere):
    database = Database(f"sqlite:///{elsewhere / 'renewal.db'}")
    yield database
    database.close()


def test_every_row_comes_back_as_it_was(services, backup, target, keys):
    done = restore(target, keys, backup, NOON)
    assert raw(target.file) == raw(services.database.file)
    assert (done.migrated, done.findings, done.aside) == ([], [], "")
    assert verify(target, Sealer(keys)).findings == []


def test_life_goes_on_after_it(backup, target, keys, clock):
    restore(target, keys, backup, NOON)
    again = Services.over(target, Sealer(keys), clock, Policy())
    submitted(again, person(7))
    assert verify(target, Sealer(keys)).findings == []


def test_only_the_database_is_there_afterwards_and_only_for_its_owner(backup, target, keys, elsewhere):
    restore(target, keys, backup, NOON)
    assert {path.name for path in elsewhere.iterdir()} == {"renewal.db", LOCK}
    assert target.file.stat().st_mode & 0o777 == 0o600


def test_an_empty_database_may_be_filled(backup, target, keys):
    target.migrate()
    restore(target, keys, backup, NOON)
    assert len(stored_in(target)) == 3


def stored_in(database: Database) -> list:
    return database.rows(models.Application.select())


def test_data_is_never_overwritten_silently(services, backup, keys):
    before = raw(services.database.file)
    with pytest.raises(Refused, match=r"已经有数据.*--replace"):
        restore(services.database, keys, backup, NOON)
    assert raw(services.database.file) == before


def test_what_was_there_is_renamed_with_what_was_not_yet_in_its_file(services, backup, keys):
    submitted(services, person(9))
    now = raw(services.database.file)
    done = restore(services.database, keys, backup, NOON, replace=True)
    assert done.aside.endswith("renewal.db.before-20260615-120000")
    assert raw(done.aside) == now
    assert len(stored(services, models.Application)) == 3


@pytest.mark.parametrize("contents", [b"", b"no database" * 100], ids=["empty", "not SQLite"])
def test_a_database_that_cannot_be_read_is_not_thrown_away(backup, target, keys, contents):
    target.file.write_bytes(contents)
    if contents:
        with pytest.raises(Refused, match="--replace"):
            restore(target, keys, backup, NOON)
    done = restore(target, keys, backup, NOON, replace=True)
    with open(done.aside, "rb") as aside:
        assert aside.read() == contents
    assert len(stored_in(target)) == 3


def test_a_damaged_backup_touches_nothing(services, backup, keys, tmp_path):
    whole = backup.file.read_bytes()
    backup.file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    before, there = raw(services.database.file), names(tmp_path)
    with pytest.raises(Refused, match="已损坏"):
        restore(services.database, keys, backup, NOON, replace=True)
    assert raw(services.database.file) == before
    assert names(tmp_path) == there


def test_a_backup_of_a_later_release_asks_for_that(keys, backup, target):
    later = replace(backup, migrations=[*NAMES, "9999_later"])
    with pytest.raises(Refused, match="更新的版本"):
        restore(target, keys, later, NOON)
    assert not target.file.exists()


def test_while_a_server_runs_nothing_is_restored(backup, target, keys, elsewhere):
    with (elsewhere / LOCK).open("w") as server:
        fcntl.flock(server, fcntl.LOCK_EX)
        with pytest.raises(Refused, match="停止服务"):
            restore(target, keys, backup, NOON)
    assert names(elsewhere) == set()


def test_a_full_disk_leaves_what_was_there(services, backup, keys, tmp_path, monkeypatch):
    before, there = raw(services.database.file), names(tmp_path)
    connect = Database.connection

    def small(database):
        connection = connect(database)
        if ".restoring" in str(database.file):
            connection.execute("PRAGMA max_page_count = 90")  # SQLite's own “disk is full”
        return connection

    monkeypatch.setattr(Database, "connection", small)
    with pytest.raises(Refused, match="磁盘空间不足"):
        restore(services.database, keys, backup, NOON, replace=True)
    assert raw(services.database.file) == before
    assert names(tmp_path) == there


def test_a_restore_cut_short_is_simply_begun_again(backup, target, keys, elsewhere):
    half = elsewhere / "renewal.db.restoring"
    half.mkdir()
    shutil.copy(backup.file, half / "renewal.db")
    restore(target, keys, backup, NOON)
    assert names(elsewhere) == {"renewal.db"}


def test_a_backup_of_an_earlier_release_is_brought_up_to_date(services, tmp_path, keys, target, monkeypatch):
    """Made when some of today's tables were not there yet."""
    earlier = Database(f"sqlite:///{tmp_path / 'earlier.db'}")
    earlier.migrate(NAMES[5])
    insert_draft(earlier)
    monkeypatch.setattr(dump, "TABLES", [models.Draft])
    file = tmp_path / "earlier.backup"
    backup_file.write(earlier, keys, file, NOON)
    earlier.close()
    done = restore(target, keys, Backup.of(file, keys), NOON)
    assert done.migrated == NAMES[6:]
    assert [row.id for row in target.rows(models.Draft.select())] == ["d"]
    assert target.pending() == []


def insert_draft(database: Database) -> None:
    columns = ["id", "version", "trust", "id_index", "owner_index", "answers", "history", "submitted", "saved_at"]
    database.insert_many("draft", columns, [["d", 0, 1, "i", "", b"a", "[]", 0, "2026-06-15 04:00:00"]])


def test_what_was_wrong_already_is_restored_and_told(services, keys, tmp_path, target):
    submitted(services, person(1))
    services.database.run(models.Event.update(reason="改过"))
    file = tmp_path / "bad.backup"
    backup_file.write(services.database, keys, file, NOON)
    done = restore(target, keys, Backup.of(file, keys), NOON)
    assert [finding.text for finding in done.findings] == ["第1条记录被改动过"]
    assert raw(target.file) == raw(services.database.file)
