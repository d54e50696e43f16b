"""What tests do to a database beneath the app, on both engines."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from peewee import SqliteDatabase

from renewal.services import Services
from renewal.store.database import Database

ENGINES = ("sqlite", "postgresql")


def _only(engine: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("database_url", [engine], indirect=True)


about_sqlites_file = _only("sqlite")
"""Of a test of a file's rights, locks, pages or bytes, or of how SQLite reads it."""
about_loose_columns = _only("sqlite")
"""Of a test of what PostgreSQL's columns do not take: text where a number belongs."""
about_the_server = _only("postgresql")
"""Of a test of PostgreSQL's connections."""


def is_file(database: Database) -> bool:
    return isinstance(database._database, SqliteDatabase)


def execute(database: Database, sql: str) -> list[tuple[Any, ...]]:
    """The rows, if it has any; on this thread's connection, which the thread keeps from now on."""
    database.connection()
    cursor = database._database.execute_sql(sql)
    return cursor.fetchall() if cursor.description else []


def change(services: Services, query: Any) -> None:
    """Write what no rule of the database allows."""
    off = "PRAGMA foreign_keys = 0" if is_file(services.database) else "SET session_replication_role = replica"
    execute(services.database, off)
    services.database.run(query)


def drop(services: Services, table: str) -> None:
    if is_file(services.database):
        execute(services.database, "PRAGMA foreign_keys = 0")
    execute(services.database, f"DROP TABLE {table}" + ("" if is_file(services.database) else " CASCADE"))


@contextmanager
def read_only(services: Services) -> Iterator[None]:
    """The database refuses to write on this thread's connection, as on a disk mounted read-only."""
    on, off = (
        ("PRAGMA query_only = 1", "PRAGMA query_only = 0")
        if is_file(services.database)
        else ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off")
    )
    execute(services.database, on)
    try:
        yield
    finally:
        execute(services.database, off)


def written(database: Database) -> dict[str, bytes]:
    """All there is for somebody who takes it away: by file, or by table."""
    if is_file(database):
        file = Path(database._database.database)
        return {found.name: found.read_bytes() for found in file.parent.glob(f"{file.name}*")}
    cursor = database.connection().cursor()
    return {table: _copied(cursor, table) for table in database._database.get_tables()}


def _copied(cursor: Any, table: str) -> bytes:
    found = BytesIO()
    cursor.copy_expert(f'COPY "{table}" TO STDOUT WITH (FORMAT binary)', found)
    return found.getvalue()
