"""A backup: one sealed file of all rows, with what it takes to know it again.

In clear, two lines: what it is with the number of its form, and a head of JSON (the moment, the migrations that
had run, which key seals it, fingerprints of all keys that its rows need). The rest is sealed to them: the rows
(`dump`), and at their end the manifest: rows by table, their SHA-256, the end of the log.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from peewee import PeeweeException

from renewal.domain.errors import InvalidValue
from renewal.store import dump
from renewal.store.database import Database
from renewal.store.event_log import EventLog
from renewal.store.head import Head
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from renewal.store.sealed_file import Altered, SealedReader, SealedWriter, salt

NAME, FORM = b"RENEWAL-BACKUP", 1
LONGEST_HEAD = 64 * 1024


class Refused(InvalidValue):
    """A file that is no backup, or none that these keys and this release can read. Nothing was done."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`rows` by table; `digest` is the SHA-256 of all rows as they stand in the file, 64 hex digits."""

    moment: datetime
    rows: dict[str, int]
    digest: str
    head: Head

    @property
    def count(self) -> int:
        return sum(self.rows.values())


def write(database: Database, keys: Keys, file: Path, now: datetime) -> Manifest:
    """All that is stored at this moment, in a new file. Readers and writers of the database do not wait.

    Raises Refused when the database cannot be read, FileExistsError, OSError (no room, no right); then there is no
    file.
    """
    with unreadable_refused(), new_file(file) as out:
        prefix, seal = _begin(database, keys, now)
        out.write(prefix)
        writer = SealedWriter(out, keys.sealing[max(keys.sealing)], seal, prefix)
        with database.snapshot():
            tally = dump.write(database, writer)
            head = EventLog(database, Sealer(keys)).before_the_last(0)
        dump.end(writer, {"rows": tally.rows, "sha256": tally.digest, "head": str(head)})
        writer.finish()
    return Manifest(now, tally.rows, tally.digest, head)


def _begin(database: Database, keys: Keys, now: datetime) -> tuple[bytes, bytes]:
    """The clear lines, and the salt in them."""
    mark = salt()
    head = {
        "moment": now.isoformat(),
        "migrations": database.migrations(),
        "key": max(keys.sealing),
        "keys": keys.fingerprints(),
        "salt": mark.hex(),
    }
    return b"%s %d\n%s\n" % (NAME, FORM, json.dumps(head).encode()), mark


@contextmanager
def unreadable_refused() -> Iterator[None]:
    """Raises Refused when the database cannot be read."""
    try:
        yield
    except (PeeweeException, sqlite3.Error) as error:  # sqlite3's own: peewee does not rename what a fetch raises
        words = f"数据库读不出来，没有备份。请运行 flask --app wsgi check 查明原因。（{error}）"
        raise Refused(words) from error


@contextmanager
def new_file(file: Path) -> Iterator[IO[bytes]]:
    """Its owner's alone, there when it is whole and on the disk, and never in another's place."""
    if file.exists():
        raise FileExistsError(file)
    half = file.with_name(f"{file.name}.part{os.getpid()}")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        half.rename(file)
    finally:
        with suppress(OSError):
            half.unlink()
    keep_names(file.parent)


def keep_names(folder: Path) -> None:
    """What was renamed in there stays so when the power goes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True, slots=True)
class Backup:
    """One that these keys open, as far as its head says; only all of it, read, says whether it is whole."""

    file: Path
    prefix: bytes
    moment: datetime
    migrations: list[str]
    salt: bytes
    key: bytes

    @classmethod
    def of(cls, file: Path, keys: Keys) -> "Backup":
        """Raises Refused, OSError."""
        with file.open("rb") as opened:
            prefix = opened.readline(LONGEST_HEAD)
            name, _, form = prefix.strip().partition(b" ")
            if name != NAME or not form.isdigit():
                raise Refused("这不是本系统的备份文件，请核对文件名")
            if int(form) != FORM:
                raise Refused("这份备份由更新的版本制作，请先安装该版本再恢复")
            prefix += opened.readline(LONGEST_HEAD)
        try:
            head = json.loads(prefix.split(b"\n")[1])
            fields = datetime.fromisoformat(head["moment"]), list(head["migrations"]), bytes.fromhex(head["salt"])
            key, needed = head["key"], dict(head["keys"])
        except (ValueError, KeyError, TypeError, IndexError) as wrong:
            raise Refused(DAMAGED) from wrong
        _require(keys, needed, key)
        return cls(file, prefix, *fields, keys.sealing[key])

    def read(self, database: Database | None = None) -> Manifest:
        """All of it, into the tables of `database`, or just through. Raises Refused when it is not whole; what was
        inserted until then must be given up."""
        try:
            with self.file.open("rb") as opened:
                opened.seek(len(self.prefix))
                reader = SealedReader(opened, self.key, self.salt, self.prefix)
                tally, end = dump.read(reader, database)
                reader.finish()
        except Altered as altered:
            raise Refused(DAMAGED) from altered
        if (tally.rows, tally.digest) != (end["rows"], end["sha256"]):
            raise Refused(DAMAGED)
        return Manifest(self.moment, tally.rows, tally.digest, Head.typed(end["head"]))


DAMAGED = "备份文件已损坏、不完整或被改动过，不能用来恢复。请换另一份备份"


def _require(keys: Keys, needed: dict[str, Any], key: Any) -> None:
    have = keys.fingerprints()
    if any(have.get(name) != fingerprint for name, fingerprint in needed.items()) or key not in keys.sealing:
        raise Refused("这份备份要用另一套密钥才能打开。请先用 flask --app wsgi keys restore 恢复与它一起保存的密钥文件")
