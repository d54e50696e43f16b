"""PostgreSQL, for offices that outgrow one container: few connections serve many threads."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import psycopg2
from peewee import PostgresqlDatabase
from playhouse.db_url import parse
from psycopg2.extensions import TRANSACTION_STATUS_IDLE as IDLE

from renewal.store.trouble import InUse, Unavailable, UrlWrong

MOST = 10  # connections per process: two workers in each of four containers fit a PostgreSQL as it is installed (100)
PATIENCE = 10.0  # seconds that a query waits for a connection
RESTED = 1.0  # seconds after which a connection is asked whether it still lives
AGAIN = 1.0  # seconds during which a server that did not answer is not asked again: requests fail fast, not in turn

# A server that vanished without a word is noticed in seconds.
CONNECTING: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 30,
    "tcp_user_timeout": 10_000,
    "client_encoding": "utf8",
}
# Whoever waits for another's lock gives up as on SQLite; times have no zone and are UTC.
SETTINGS = "SET lock_timeout = 10000; SET timezone = 'UTC'; SET application_name = %s"
COMMAND, SERVER = "renewal", "renewal server"
SERVED = "SELECT EXISTS(SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s)"

WRITERS = 0x52656E65  # any number, the same for all containers: the lock that a writer holds

# What is sorted and compared is the same bytes everywhere: a server's language would put names in another order,
# and could not use an index for a beginning.
UNSORTED = """
SELECT table_name, column_name, udt_name || COALESCE('(' || character_maximum_length || ')', '')
FROM information_schema.columns
WHERE table_schema = current_schema() AND udt_name IN ('varchar', 'text') AND collation_name IS DISTINCT FROM 'C'
"""


class Server(PostgresqlDatabase):
    """Threads borrow a connection for a query or a transaction."""

    def __init__(self, url: str) -> None:
        """Raises UrlWrong."""
        super().__init__(**(CONNECTING | _parsed(url)))
        self._room = threading.BoundedSemaphore(MOST)
        self._idle: list[tuple[float, Any]] = []
        self._not_before = 0.0
        self._name = COMMAND

    @contextmanager
    def using(self) -> Iterator[None]:
        """Around a query: a connection for this thread, unless it has one already. Raises Unavailable."""
        if not self.is_closed():
            yield
            return
        if not self._room.acquire(timeout=PATIENCE):
            raise Unavailable("all connections are busy")
        try:
            self.connect()
            try:
                yield
            finally:
                self.close()
        finally:
            self._room.release()

    @contextmanager
    def writing(self, durable: bool = True) -> Iterator[None]:
        """A transaction that is the only one to write, in whichever container: as SQLite's, so that no verb behaves
        otherwise here, and none meets a deadlock. What is not `durable` does not wait for the disk."""
        with self.atomic():
            if not durable:
                self.execute_sql("SET LOCAL synchronous_commit = off")
            self.execute_sql("SELECT pg_advisory_xact_lock(%s)", (WRITERS,))
            yield

    def reading(self) -> Any:
        """A transaction that sees one moment."""
        return self.atomic("REPEATABLE READ")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other migrates, copies or writes. Of two containers that start at once the second waits, and finds
        nothing to do."""
        try:
            self.execute_sql("SET lock_timeout = 0")
            self.execute_sql("SELECT pg_advisory_lock(%s)", (WRITERS,))
            yield
        finally:
            self.hang_up()

    def count_on(self) -> None:
        """Ids of new rows follow the largest one."""
        for table in self.get_tables():
            for column in self.get_primary_keys(table):
                counter = self.execute_sql("SELECT pg_get_serial_sequence(%s, %s)", (table, column))
                for (sequence,) in filter(all, counter.fetchall()):
                    last = f'GREATEST(MAX("{column}"), 1), MAX("{column}") IS NOT NULL'
                    self.execute_sql(f'SELECT setval(%s, {last}) FROM "{table}"', (sequence,))  # noqa: S608  # our names

    def move_aside(self, schema: str) -> bool:
        """All tables into a new schema; False when there are none."""
        tables = self.get_tables()
        if tables:
            self.execute_sql(f'CREATE SCHEMA "{schema}"')
        for table in tables:
            self.execute_sql(f'ALTER TABLE "{table}" SET SCHEMA "{schema}"')
        return bool(tables)

    def size(self) -> int:
        """Bytes of all its tables and indexes."""
        return int(self.execute_sql("SELECT pg_database_size(current_database())").fetchone()[0])

    def tidy(self) -> bool:
        """The pages of what was deleted are used again; its bytes stay in the log of writes for a while."""
        self.execute_sql("VACUUM")
        return True

    def rewrite(self) -> None:
        """Nothing was kept in another way before."""

    @contextmanager
    def unserved(self) -> Iterator[None]:
        """No server has a connection: each worker's thread for duties asks for their leases every minute, and what it
        borrowed for that rests open. Raises InUse."""
        if self.execute_sql(SERVED, (SERVER,)).fetchone()[0]:
            raise InUse(self.database)
        yield

    def claim(self) -> None:
        """Several servers may share one database; its sessions tell them from commands."""
        self._name = SERVER
        self.hang_up()

    def holds_data(self) -> bool:
        with self.using():
            return bool(self.get_tables())

    def hang_up(self) -> None:
        """Close this thread's connection and all that rest."""
        if not self.is_closed():
            self.connection().close()
            self.close()
        resting, self._idle = self._idle, []
        for _, connection in resting:
            connection.close()

    def let_go(self) -> None:
        """No thread has one of its own; what rests says that a server runs."""

    def settle_order(self) -> None:
        """After a migration: text is sorted by its bytes, as on SQLite."""
        for table, column, kind in self.execute_sql(UNSORTED).fetchall():
            self.execute_sql(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {kind} COLLATE "C"')

    def _connect(self) -> Any:
        while self._idle:
            since, connection = self._idle.pop()
            if monotonic() - since < RESTED or _answers(connection):
                return connection
            connection.close()
        if monotonic() < self._not_before:
            raise Unavailable("the server did not answer a moment ago")
        try:
            connection = super()._connect()  # type: ignore[misc]  # peewee's stubs leave it out
            connection.cursor().execute(SETTINGS, (self._name,))
        except psycopg2.ProgrammingError:
            raise UrlWrong("问号后面有不认识的选项") from None
        except psycopg2.Error:
            self._not_before = monotonic() + AGAIN
            raise
        return connection

    def _close(self, connection: Any) -> None:
        if connection.closed or connection.info.transaction_status != IDLE:
            connection.close()
        else:
            self._idle.append((monotonic(), connection))


def _answers(connection: Any) -> bool:
    with suppress(Exception):  # whatever the driver calls it
        connection.cursor().execute("SELECT 1")
        return True
    return False


def _parsed(url: str) -> dict[str, Any]:
    """What the driver is given. Raises UrlWrong, and nothing that would quote the URL."""
    try:
        urlsplit(url).port  # noqa: B018  # raises
        given: dict[str, Any] = parse(url, unquote_password=True, unquote_user=True)
    except ValueError:
        raise UrlWrong("读不懂") from None
    if not given["database"]:
        raise UrlWrong("没有写数据库名")
    return given
