"""One database, and one lock in front of its writers."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peewee import InterfaceError, InternalError, OperationalError, ProgrammingError
from playhouse.migrations import Runner

from renewal.store.postgres import Server
from renewal.store.sealed import Sealer
from renewal.store.sqlite import OwnersFile
from renewal.store.trouble import Newer, Unavailable, UrlWrong

__all__ = ["Database", "Store", "Unavailable"]

# At its finest level peewee logs every value of a query: those of an applicant are nobody's to read there.
logging.getLogger("peewee").setLevel(logging.INFO)

MIGRATIONS = Path(__file__).with_name("migrations")
QUEUE_TIMEOUT = 10.0  # seconds in the queue: behind a writer that waits for a locked file nobody waits in turn

ENGINES = {"sqlite": OwnersFile, "postgresql": Server, "postgres": Server}


class Database:
    """Opens lazily, so that gunicorn forks before a connection exists.

    Models know no database: a query runs here or, as an InterfaceError, nowhere."""

    def __init__(self, url: str) -> None:
        """Raises UrlWrong."""
        engine = ENGINES.get(url.partition(":")[0])
        if engine is None:
            raise UrlWrong("只能用 PostgreSQL 或 SQLite")
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

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A short write: all of it or nothing. One inside another is part of it: undone with the outer one,
        and by itself when it fails. Raises Unavailable."""
        if self._database.in_transaction():
            with self._database.atomic():
                yield
            return
        if not self._lock.acquire(timeout=QUEUE_TIMEOUT):
            raise Unavailable("the queue of writers does not move")
        try:
            with self._connected(), self._database.writing():
                yield
        finally:
            self._lock.release()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads of the same moment; writers do not wait for it. Raises Unavailable."""
        with self._connected(), self._database.reading():
            yield

    def migrate(self) -> list[str]:
        """Apply the pending migrations, in order; the names applied. Of two at once one does it.

        Raises Newer, InUse (while a server runs on a file that needs any), Unavailable."""
        if not self.pending():
            return []
        with self.nobody_else():
            applied = list(self._runner().up())
            self._database.settle_order()
        return applied

    def migrate_inside(self) -> None:
        """Apply all migrations as a part of the transaction that is open: for a database that is filled at once."""
        self._runner().up()
        self._database.settle_order()

    @contextmanager
    def nobody_else(self) -> Iterator[None]:
        """No server and no migration works with it meanwhile. Raises InUse, Unavailable."""
        with self._connected(), self._database.alone():
            yield

    def count_on(self, table: Any) -> None:
        """Let the ids of new rows come after those that were copied."""
        self._database.count_on(table)

    def pending(self) -> list[str]:
        """Names of the migrations that have not run. Raises Newer, Unavailable when the database does not answer."""
        with self._connected():
            known = self._runner().status()
        for row in known:
            if row.path is None:
                raise Newer(row.name)
        return [row.name for row in known if not row.applied]

    def claim(self) -> None:
        """A server is going to use it. Raises InUse when another one does, and only one may."""
        self._database.claim()

    def holds_data(self) -> bool:
        """Whether anybody's data could be in there: keys must not be made anew then. Raises Unavailable."""
        return bool(self._database.holds_data())

    def connection(self) -> Any:
        """This thread's connection, as the driver gives it."""
        return self._database.connection()

    def close(self) -> None:
        """Close this thread's connection and those that rest (a command's end; a worker never does)."""
        self._database.hang_up()

    def _runner(self) -> Runner:
        return Runner(self._database, str(MIGRATIONS))

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
