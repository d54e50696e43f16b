"""One database, its connections kept open per thread, and one lock in front of its writers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import DatabaseProxy, OperationalError, SqliteDatabase
from playhouse.db_url import connect
from playhouse.migrations import Runner

MIGRATIONS = Path(__file__).with_name("migrations")

# synchronous=FULL: an answer given is an answer kept, even when the power goes.
SQLITE = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1, "busy_timeout": 10_000}
PATIENCE = 10.0  # seconds in the queue: behind a writer that waits for a locked file nobody waits in turn

proxy = DatabaseProxy()

# Disk full, file locked or read-only, server gone: the person may try again, nothing is half-written.
Unavailable = OperationalError


class Database:
    """Opens lazily (so that gunicorn forks before a connection exists) and stays open."""

    def __init__(self, url: str) -> None:
        self._sqlite = url.startswith("sqlite")
        self._database = connect(url, **({"pragmas": SQLITE} if self._sqlite else {}))
        # Writers of one process queue here: SQLite's busy handler starves some of four writers for seconds.
        self._lock = threading.Lock()
        proxy.initialize(self._database)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A short write: all of it or nothing. Raises Unavailable."""
        if not self._lock.acquire(timeout=PATIENCE):
            raise Unavailable("the queue of writers does not move")
        try:
            with self._database.atomic(*(["IMMEDIATE"] if self._sqlite else [])):
                yield
        finally:
            self._lock.release()

    def migrate(self) -> list[str]:
        """Apply the pending migrations, in order; the names applied."""
        return list(Runner(self._database, str(MIGRATIONS)).up())

    def pending(self) -> list[str]:
        """Names of the migrations that have not run. Raises Unavailable when the database does not answer."""
        return [row.name for row in Runner(self._database, str(MIGRATIONS)).status() if not row.applied]

    def holds_data(self) -> bool:
        """Whether anybody's data could be in there: keys must not be made anew then."""
        if self._sqlite and isinstance(self._database, SqliteDatabase):
            return Path(self._database.database).exists()
        return bool(self._database.get_tables())

    def close(self) -> None:
        """Close this thread's connection (a command's end; a worker never does)."""
        self._database.close()
