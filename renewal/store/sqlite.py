"""SQLite: one file for one container, its connections kept open per thread."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase
from playhouse.db_url import parse

from renewal.store.trouble import InUse, Unavailable, UrlWrong

# synchronous=FULL: an answer given is an answer kept, even when the power goes. secure_delete: what is deleted is
# written over with zeros.
PRAGMAS = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1, "busy_timeout": 10_000, "secure_delete": 1}
TIDY_PATIENCE = 500  # milliseconds
LOCK = "in-use.lock"
"""A file beside the database that whoever serves it holds."""


class OwnersFile(SqliteDatabase):
    """A SQLite file that nobody but its owner reads; SQLite gives the files beside it the same rights."""

    def __init__(self, url: str) -> None:
        """Raises UrlWrong."""
        given = parse(url)
        if given["database"] == ":memory:":
            raise UrlWrong("没有写数据库文件")
        super().__init__(**given, pragmas=PRAGMAS)
        self._claimed: int | None = None

    def using(self) -> Any:
        """Around a query: the thread keeps its connection."""
        return nullcontext()

    @contextmanager
    def writing(self, durable: bool = True) -> Iterator[None]:
        """A transaction that is the only one to write, from its first statement on. What is not `durable` does not
        wait for the disk."""
        with nullcontext() if durable else self._without_waiting_for_the_disk(), self.atomic("IMMEDIATE"):
            yield

    @contextmanager
    def _without_waiting_for_the_disk(self) -> Iterator[None]:
        self.execute_sql("PRAGMA synchronous = normal")
        try:
            yield
        finally:
            self.execute_sql(f"PRAGMA synchronous = {PRAGMAS['synchronous']}")

    def reading(self) -> Any:
        """A transaction that sees one moment."""
        return self.atomic("DEFERRED")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other server, migration or copy uses the file. Raises InUse."""
        if self._claimed is not None:
            yield
            return
        lock = self._lock_file()
        try:
            yield
        finally:
            os.close(lock)

    unserved = alone

    def settle_order(self) -> None:
        """After a migration: text is sorted by its bytes anyway; files an earlier release made were everybody's."""
        for file in (self.database, f"{self.database}-wal", f"{self.database}-shm"):
            with suppress(FileNotFoundError):
                os.chmod(file, 0o600)

    def count_on(self) -> None:
        """Ids follow the largest one."""

    def size(self) -> int:
        """Bytes of the file and of the log beside it."""
        files = (Path(f"{self.database}{end}") for end in ("", "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def tidy(self) -> bool:
        """Write the log back and empty it; False when a reader holds it."""
        self.execute_sql(f"PRAGMA busy_timeout = {TIDY_PATIENCE}")  # while it waits for readers nobody writes
        try:
            return not self.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            self.execute_sql(f"PRAGMA busy_timeout = {PRAGMAS['busy_timeout']}")

    def rewrite(self) -> None:
        """Once: what was deleted before `secure_delete` stands in the file's free pages."""
        try:
            self.execute_sql("VACUUM")
            self.tidy()
        except Unavailable:  # it needs as much room once more; without it the office works all the same
            logging.getLogger(__name__).warning("no room to rewrite the database: VACUUM it by hand")

    def claim(self) -> None:
        """For a server, until its last process ends: a second one would count and lock for itself. Raises InUse."""
        self._claimed = self._lock_file()

    def holds_data(self) -> bool:
        return Path(self.database).exists()

    def hang_up(self) -> None:
        """Close this thread's connection."""
        self.close()

    let_go = hang_up

    def _connect(self) -> Any:
        # Never opened once it is there: closing it would drop the locks SQLite holds on it in this process.
        with suppress(OSError):
            os.close(os.open(self.database, os.O_CREAT | os.O_EXCL, 0o600))
        return super()._connect()  # type: ignore[misc]  # peewee's stubs leave it out

    def _lock_file(self) -> int:
        """A lock beside the database that the system takes back when its holders die, however they die."""
        lock = os.open(Path(self.database).with_name(LOCK), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            os.close(lock)
            raise InUse(self.database) from taken
        return lock
