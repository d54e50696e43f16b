"""A backup put back: first beside what is there, whole and verified, and only then in its place."""

import fcntl
import os
import shutil
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
from renewal.store.volume import aside

BESIDE = ("", "-wal", "-shm", "-journal")
"""A SQLite database is up to so many files."""
LOCK = "in-use.lock"
"""A file beside the database that whoever serves it holds."""
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
        with unserved(database):
            return _restore(database, keys, backup, now, replace=replace)
    finally:
        database.close()


def _restore(database: Database, keys: Keys, backup: Backup, now: datetime, *, replace: bool) -> Restored:
    if not replace and not may_be_filled(database):
        raise Refused("这里已经有数据。要用备份替换，请加 --replace：现有的数据库会改名保留，不会删除")
    database.close()
    if database.file:
        return _into_file(database.file, keys, backup, now)
    return _into_server(database, keys, backup, now)


def may_be_filled(database: Database) -> bool:
    """Nothing is in there that could be lost. What cannot be read is not empty."""
    if not database.holds_data():
        return True
    try:
        return not database.pending() and is_empty(database)
    except (PeeweeException, sqlite3.Error):
        return False


@contextmanager
def unserved(database: Database) -> Iterator[None]:
    """No server runs on the file, nor begins to before this is over. Raises Refused, OSError."""
    if database.file is None:
        yield
        return
    lock = os.open(database.file.with_name(LOCK), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as taken:
        raise Refused("服务正在使用这个数据库：请先停止服务再试") from taken
    finally:
        os.close(lock)


def _into_file(file: Path, keys: Keys, backup: Backup, now: datetime) -> Restored:
    folder = file.with_name(f"{file.name}.restoring")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        with closing(Database(f"sqlite:///{folder / file.name}")) as database:
            told = _fill(database, keys, backup)
        before = _move_aside(file, now)
        (folder / file.name).rename(file)
        keep_names(file.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
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
    with _in_words(), database.transaction():
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
        if any(words in said for words in NO_ROOM for said in _chain(error)):
            raise Refused("磁盘空间不足，没有恢复，现有的数据没有改动。请腾出空间后再试") from error
        raise Refused(f"备份放不进数据库，没有恢复，现有的数据没有改动。（{error}）") from error


def _chain(error: BaseException | None) -> Iterator[str]:
    """Of a full disk SQLite undoes by itself, and peewee's last word is that there is nothing to undo."""
    while error:
        yield str(error).lower()
        error = error.__context__
