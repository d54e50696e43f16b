"""One database, and one lock in front of its writers."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peewee import DatabaseError, InterfaceError, InternalError, OperationalError, PeeweeException, ProgrammingError
from peewee import __exception_wrapper__ as peewees  # type: ignore[attr-defined]  # the stubs leave it out
from playhouse.migrations import Runner

from renewal.store.postgres import Server
from renewal.store.sealed import Sealer
from renewal.store.sqlite import OwnersFile
from renewal.store.trouble import Newer, Unavailable, UrlWrong

__all__ = ["Database", "Store", "Trouble", "Unavailable", "Unreadable"]

# That a database does not answer, and a file that is damaged or no database.
Unreadable = DatabaseError
# Whatever a database may have: that, a table missing before the migrations ran, a connection lost.
Trouble = PeeweeException

NOT_THERE = ("42P01", "42703")
"""What PostgreSQL says of a table or a column: the migrations did not run, or a newer release's did."""

# At its finest level peewee logs every value of a query: those of an applicant are nobody's to read there.
logging.getLogger("peewee").setLevel(logging.INFO)

MIGRATIONS = Path(__file__).with_name("migrations")
QUEUE_TIMEOUT = 10.0  # seconds in the queue: behind a writer that waits for a locked file nobody waits in turn

SECURE_SINCE = "0011_retention"

ENGINES = {"sqlite": OwnersFile, "postgresql": Server, "postgres": Server}


class Database:
    """Opens lazily, so that gunicorn forks before a connection exists.

    Models know no database: a query runs here or, as an InterfaceError, nowhere."""

    def __init__(self, url: str) -> None:
        """Raises UrlWrong."""
        engine = ENGINES.get(url.partition(":")[0])
        if engine is None:
            raise UrlWrong("只能用 PostgreSQL 或 SQLite")
        self.url = url
        self._database: Any = engine(url)
        # Writers of one process queue here: SQLite's busy handler starves some of four writers for seconds, and of
        # PostgreSQL's few connections one is enough for those who wait.
        self._lock = threading.Lock()

    def run(self, query: Any) -> Any:
        """Execute an insert (its id), an update or a delete (the rows it met). Raises Unavailable."""
        with self._connected():
            return query.execute(self._database)

    def rows(self, query: Any) -> list[Any]:
        """All a select finds. Raises Unavailable."""
        with self._connected():
            return list(query.execute(self._database))

    def row(self, query: Any) -> Any | None:
        """The first row a select finds, or None. Raises Unavailable."""
        return next(iter(self.rows(query.limit(1))), None)

    def count(self, query: Any) -> int:
        """How many rows a select finds. Raises Unavailable."""
        with self._connected():
            return int(query.count(self._database))

    def insert_many(self, table: str, columns: list[str], rows: list[list[Any]]) -> None:
        """Rows as they stand in a backup, ids included. Raises Unavailable, IntegrityError."""
        names, places = ", ".join(f'"{name}"' for name in columns), ", ".join([self._database.param] * len(columns))
        with self._connected(), self.transaction():
            cursor = self.connection().cursor()
            with peewees:
                cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)  # noqa: S608  # ours

    def size(self) -> int:
        """Bytes on the disk. Raises Unavailable."""
        with self._connected():
            return int(self._database.size())

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
            with self._connected(), self._database.writing(durable):
                yield
        finally:
            self._lock.release()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads of the same moment; writers do not wait for it. Raises Unavailable."""
        with self._connected(), self._database.reading():
            yield

    def migrate(self, to: str | None = None) -> list[str]:
        """Apply the pending migrations, in order, up to one or all of them; the names applied. All or none: with some
        of them applied neither this release nor the one before would know the database. Of two at once one does it.

        Raises Newer, InUse (while a server runs on a file that needs any), Unavailable."""
        if not self.pending():
            return []
        with self.nobody_else():
            applied = self._apply(to)
            if SECURE_SINCE in applied:
                self._database.rewrite()
        return applied

    def migrate_inside(self) -> None:
        """Apply all migrations as a part of the transaction that is open: for a database that is filled at once."""
        self._apply()

    @contextmanager
    def nobody_else(self) -> Iterator[None]:
        """No server and no migration works with it meanwhile. Raises InUse, Unavailable."""
        with self._connected(), self._database.alone():
            yield

    def count_on(self) -> None:
        """Let the ids of new rows come after those that came with rows."""
        with self._connected():
            self._database.count_on()

    def move_aside(self, schema: str) -> str:
        """A server's tables into a schema of this name, if there are any: its name, or nothing."""
        with self._connected():
            return schema if self._database.move_aside(schema) else ""

    def pending(self) -> list[str]:
        """Names of the migrations that have not run. Raises Newer, Unavailable when the database does not answer."""
        with self._connected():
            known = self._runner().status()
        for row in known:
            if row.path is None:
                raise Newer(row.name)
        return [row.name for row in known if not row.applied]

    def migrations(self) -> list[str]:
        """Names of those that have run, in order. Raises Unavailable."""
        with self._connected():
            return [row.name for row in self._runner().status() if row.applied]

    def known(self) -> list[str]:
        """Names of the migrations of this release."""
        return [row.name for row in self._runner().migrations()]

    @contextmanager
    def unserved(self) -> Iterator[None]:
        """No server runs on it now, nor, on a file, begins to. Raises InUse, Unavailable, OSError."""
        with self._connected(), self._database.unserved():
            yield

    def claim(self) -> None:
        """A server is going to use it. Raises InUse when another one does, and only one may."""
        self._database.claim()

    def holds_data(self) -> bool:
        """Whether anybody's data could be in there: keys must not be made anew then. Raises Unavailable."""
        return bool(self._database.holds_data())

    @property
    def file(self) -> Path | None:
        """Of SQLite."""
        return Path(self._database.database) if isinstance(self._database, OwnersFile) else None

    def tidy(self) -> bool:
        """Let what was deleted go from the files beside the data, too; False when somebody who reads kept it there
        for now. Never inside a transaction. Raises Unavailable."""
        with self._connected():
            return bool(self._database.tidy())

    def connection(self) -> Any:
        """This thread's connection, as the driver gives it."""
        return self._database.connection()

    def let_go(self) -> None:
        """This thread will ask nothing for a while: a connection of its own is closed."""
        self._database.let_go()

    def close(self) -> None:
        """Close this thread's connection and those that rest (a command's end; a worker never does)."""
        self._database.hang_up()

    def _runner(self) -> Runner:
        return Runner(self._database, str(MIGRATIONS))

    def _apply(self, to: str | None = None) -> list[str]:
        runner = self._runner()
        with runner.migrator.migration_context():
            applied = list(runner.up(to))
        self._database.settle_order()
        return applied

    @contextmanager
    def _connected(self) -> Iterator[None]:
        with self._database.using(), self._lost_connection_closed():
            yield

    @contextmanager
    def _lost_connection_closed(self) -> Iterator[None]:
        """After a restart of the server the next query opens a new connection instead of failing for ever."""
        try:
            yield
        except (InterfaceError, OperationalError, ProgrammingError) as error:
            if getattr(error.__context__, "pgcode", "") in NOT_THERE:
                raise Unavailable("a table or a column is missing") from error
            if self._database.in_transaction() or self._answers():
                raise
            self._database.close()
            raise Unavailable("the connection was lost") from error
        except InternalError as error:  # a server that went on as a copy of another one: it only reads
            raise Unavailable(str(error)) from error

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
