"""A backup put back: first beside what is there, whole and verified, and only then in its place."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from peewee import PeeweeException

from renewal.store.audit import Finding, verify
from renewal.store.backup_file import Backup, Manifest, Refused, keep_names
from renewal.store.contents import is_empty
from renewal.store.database import Database
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from renewal.store.volume import aside, leave_nothing

BESIDE = ("", "-wal", "-shm", "-journal")
"""A SQLite database is up to so many files."""
NO_ROOM = ("disk is full", "no space left", "disk i/o error")


@dataclass(frozen=True, slots=True)
class Restored:
    """`findings` are what was wrong with the data when it was backed up; `aside` is where the data before is now,
    a file or a schema."""

    manifest: Manifest
    migrated: list[str]
    findings: list[Finding]
    aside: str


def restore(database: Database, keys: Keys, backup: Backup, now: datetime, *, replace: bool = False) -> Restored:
    """Put back all of it or nothing. Raises Refused, OSError, Unavailable."""
    unknown = set(backup.migrations) - set(database.known())
    if unknown or not backup.migrations:
        raise Refused("这份备份由更新的版本制作，请先安装该版本再恢复")
    try:
        if not replace and not _may_be_filled(database):
            raise Refused("这里已经有数据。要用备份替换，请加 --replace：现有的数据库会改名保留，不会删除")
        if database.file:
            return _into_file(database.file, keys, backup, now)
        return _into_server(database, keys, backup, now)
    finally:
        database.close()


def _may_be_filled(database: Database) -> bool:
    """What cannot be read is not empty."""
    if not database.holds_data():
        return True
    try:
        return not database.pending() and is_empty(database)
    except (PeeweeException, sqlite3.Error):
        return False


def _into_file(file: Path, keys: Keys, backup: Backup, now: datetime) -> Restored:
    new = file.with_name(f"{file.name}.restoring")
    files = [new.with_name(new.name + end) for end in BESIDE]
    leave_nothing(*files)
    try:
        with closing(Database(f"sqlite:///{new}")) as database:
            told = _fill(database, keys, backup)
        before = _move_aside(file, now)
        new.rename(file)
        keep_names(file.parent)
    finally:
        leave_nothing(*files)
    return Restored(*told, before)


def _move_aside(file: Path, now: datetime) -> str:
    """With its log of what is not yet in it: without that it would be an older one."""
    if not file.exists():
        return ""
    old = aside(file, now)
    for end in reversed(BESIDE):
        part = file.with_name(file.name + end)
        if part.exists():
            part.rename(old.with_name(old.name + end))
    return str(old)


def _into_server(database: Database, keys: Keys, backup: Backup, now: datetime) -> Restored:
    with database.transaction():
        before = database.move_aside(f"before_{now:%Y%m%d_%H%M%S}")
        told = _fill(database, keys, backup)
    return Restored(*told, before)


def _fill(database: Database, keys: Keys, backup: Backup) -> tuple[Manifest, list[str], list[Finding]]:
    """In the form the backup was made in, and then on to today's."""
    with _in_words():
        database.migrate(backup.migrations[-1])
        manifest = backup.read(database)
        database.count_on()
        migrated = database.migrate()
        report = verify(database, Sealer(keys))
    if report.head != manifest.head:
        raise Refused("恢复出来的日志末端与备份清单不符，没有恢复。请换另一份备份")
    return manifest, migrated, report.findings


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except PeeweeException as error:
        if any(words in str(error).lower() for words in NO_ROOM):
            raise Refused("磁盘空间不足，没有恢复，现有的数据没有改动。请腾出空间后再试") from error
        raise Refused(f"备份放不进数据库，没有恢复，现有的数据没有改动。（{error}）") from error
