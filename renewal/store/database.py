"""One database, its connections kept open per thread, and one lock in front of its writers."""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from peewee import InterfaceError, OperationalError, PeeweeException, ProgrammingError, SqliteDatabase
from playhouse.db_url import connect, parse
from playhouse.migrations import Runner

from renewal.store.sealed import Sealer

# At its finest level peewee logs every value of a query: those of an applicant are nobody's to read there.
logging.getLogger("peewee").setLevel(logging.INFO)

MIGRATIONS = Path(__file__).with_name("migrations")

# synchronous=FULL: an answer given is an answer kept, even when the power goes. secure_delete: what is deleted is
# written over with zeros.
SQLITE = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1, "busy_timeout": 10_000, "secure_delete": 1}
QUEUE_TIMEOUT = 10.0  # seconds in the queue: behind a writer that waits for a locked file nobody waits in turn

SECURE_SINCE = "0011_retention"
TIDY_PATIENCE = 500  # milliseconds

# Disk full, file locked or read-only, server gone: the person may try again, nothing is half-written.
Unavailable = OperationalError
# Whatever a database may have: that, a table missing before the migrations ran, a connection lost.
Trouble = PeeweeException


class OwnersFile(SqliteDatabase):
    """A SQLite file that nobody but its owner reads; SQLite gives the files beside it the same rights."""

    def _connect(self) -> Any:
        # Never opened once it is there: closing it would drop the locks SQLite holds on it in this process.
        with suppress(OSError):
            os.close(os.open(self.database, os.O_CREAT | os.O_EXCL, 0o600))
        return super()._connect()  # type: ignore[misc]  # peewee's stubs leave it out

    def take_rights_from_others(self) -> None:
        """Of files that an earlier release made."""
        for file in (self.database, f"{self.database}-wal", f"{self.database}-shm"):
            with suppress(FileNotFoundError):
                os.chmod(file, 0o600)


class Database:
    """Opens lazily (so that gunicorn forks before a connection exists) and stays open.

    Models know no database: a query runs here or, as an InterfaceError, nowhere."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._sqlite = url.startswith("sqlite")
        self._database = OwnersFile(**parse(url), pragmas=SQLITE) if self._sqlite else connect(url)
        # Writers of one process queue here: SQLite's busy handler starves some of four writers for seconds.
        self._lock = threading.Lock()

    def run(self, query: Any) -> Any:
        """Execute an insert (its id), an update or a delete (the rows it met). Raises Unavailable."""
        with self._lost_connection_closed():
            return query.execute(self._database)

    def rows(self, query: Any) -> list[Any]:
        """All a select finds. Raises Unavailable."""
        with self._lost_connection_closed():
            return list(query.execute(self._database))

    def row(self, query: Any) -> Any | None:
        """The first row a select finds, or None. Raises Unavailable."""
        return next(iter(self.rows(query.limit(1))), None)

    def count(self, query: Any) -> int:
        """How many rows a select finds. Raises Unavailable."""
        with self._lost_connection_closed():
            number: int = query.count(self._database)
            return number

    @contextmanager
    def transaction(self, durable: bool = True) -> Iterator[None]:
        """A short write: all of it or nothing. One inside another is part of it: undone with the outer one,
        and by itself when it fails. What need not survive a power cut, though a crash, is not `durable`: its answer
        does not wait for the disk. Raises Unavailable."""
        if self._database.in_transaction():
            with self._database.atomic():
                yield
            return
        if not self._lock.acquire(timeout=QUEUE_TIMEOUT):
            raise Unavailable("the queue of writers does not move")
        try:
            with (
                self._lost_connection_closed(),
                nullcontext() if durable else self._without_waiting_for_the_disk(),
                self._database.atomic(*(["IMMEDIATE"] if self._sqlite else [])),
            ):
                yield
        finally:
            self._lock.release()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads of the same moment; writers do not wait for it. Raises Unavailable."""
        with (
            self._lost_connection_closed(),
            self._database.atomic("DEFERRED" if self._sqlite else "REPEATABLE READ"),
        ):
            yield

    def migrate(self) -> list[str]:
        """Apply the pending migrations, in order; the names applied."""
        applied = list(Runner(self._database, str(MIGRATIONS)).up())
        if self._sqlite and SECURE_SINCE in applied:
            self._rewrite()
        if isinstance(self._database, OwnersFile):
            self._database.take_rights_from_others()
        return applied

    def pending(self) -> list[str]:
        """Names of the migrations that have not run. Raises Unavailable when the database does not answer."""
        with self._lost_connection_closed():
            return [row.name for row in Runner(self._database, str(MIGRATIONS)).status() if not row.applied]

    def holds_data(self) -> bool:
        """Whether anybody's data could be in there: keys must not be made anew then."""
        if isinstance(self._database, OwnersFile):
            return Path(self._database.database).exists()
        return bool(self._database.get_tables())

    def tidy(self) -> bool:
        """Let what was deleted go from the files beside the data, too; False when somebody who reads kept it there
        for now. Never inside a transaction. Raises Unavailable."""
        if not self._sqlite:
            self._database.execute_sql("VACUUM")
            return True
        with self._lost_connection_closed(), self._patience(TIDY_PATIENCE):
            return not self._database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

    def connection(self) -> Any:
        """This thread's connection, as the driver gives it."""
        return self._database.connection()

    def close(self) -> None:
        """Close this thread's connection (a command's end; a worker never does)."""
        self._database.close()

    def _rewrite(self) -> None:
        """Once: what was deleted before `secure_delete` stands in the file's free pages."""
        try:
            self._database.execute_sql("VACUUM")
            self.tidy()
        except Unavailable:  # it needs as much room once more; without it the office works all the same
            logging.getLogger(__name__).warning("no room to rewrite the database: VACUUM it by hand")

    @contextmanager
    def _without_waiting_for_the_disk(self) -> Iterator[None]:
        name, less, whole = (
            ("PRAGMA synchronous", "normal", "full") if self._sqlite else ("SET synchronous_commit", "off", "on")
        )
        self._database.execute_sql(f"{name} = {less}")
        try:
            yield
        finally:
            self._database.execute_sql(f"{name} = {whole}")

    @contextmanager
    def _patience(self, milliseconds: int) -> Iterator[None]:
        """While it waits for readers nobody writes: not for ten seconds."""
        self._database.execute_sql(f"PRAGMA busy_timeout = {milliseconds}")
        try:
            yield
        finally:
            self._database.execute_sql(f"PRAGMA busy_timeout = {SQLITE['busy_timeout']}")

    @contextmanager
    def _lost_connection_closed(self) -> Iterator[None]:
        """After a restart of the server the next query opens a new connection instead of failing for ever."""
        try:
            yield
        except (InterfaceError, OperationalError, ProgrammingError) as error:
            if self._database.in_transaction() or self._answers():
                raise
            self._database.close()
            raise Unavailable("the connection was lost") from error

    def _answers(self) -> bool:
        try:
            self.connection().cursor().execute("SELECT 1")
        except Exception:  # whatever the driver calls it
            return False
        return True


class Store:
    """What every store holds on to."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self._database, self._sealer = database, sealer
