"""What is SQLite's own: its file, its pages, its locks."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from peewee import OperationalError

from renewal.store import models
from renewal.store.database import Database, Unavailable
from renewal.store.drafts import Draft
from tests.engines import read_only
from tests.factories import NOON, stored

ROOMY = 10**6


@pytest.fixture
def database_url(sqlite_url):
    return sqlite_url


@pytest.fixture
def connection(services):
    """This thread's connection, as sqlite3 gives it."""
    return services.database.connection()


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def kept(services) -> list[str]:
    return sorted(row.id for row in stored(services, models.Draft))


def test_an_answer_given_is_on_the_disk_and_readers_do_not_wait(connection):
    assert pragma(connection, "journal_mode") == "wal"
    assert pragma(connection, "synchronous") == 2, "FULL"


def test_only_what_may_be_lost_with_the_power_does_not_wait_for_the_disk(services, connection):
    with services.database.transaction(durable=False):
        assert pragma(connection, "synchronous") == 1, "NORMAL"
    assert pragma(connection, "synchronous") == 2
    with pytest.raises(ZeroDivisionError), services.database.transaction(durable=False):
        _ = 1 / 0
    assert pragma(connection, "synchronous") == 2
    with services.database.transaction(), services.database.transaction(durable=False):
        assert pragma(connection, "synchronous") == 2, "part of what is kept"


def test_foreign_keys_hold_and_a_lock_is_waited_for(connection):
    assert pragma(connection, "foreign_keys") == 1
    assert pragma(connection, "busy_timeout") == 10_000


def fill(services) -> list[str]:
    """Write until the disk is full; the ids that were acknowledged."""
    kept = []
    for turn in range(100):
        with services.database.transaction():
            services.drafts.put(Draft(f"{turn:03d}", answers={"school": "学" * 500}), NOON)
        kept.append(f"{turn:03d}")
    return kept


def test_a_full_disk_keeps_every_acknowledged_row_and_nothing_of_the_refused_one(services, connection):
    connection.execute(f"PRAGMA max_page_count = {pragma(connection, 'page_count') + 12}")
    with pytest.raises(Unavailable):
        fill(services)
    ids = kept(services)
    assert ids == [f"{turn:03d}" for turn in range(len(ids))]
    assert 0 < len(ids) < 100
    assert pragma(connection, "integrity_check") == "ok"


def test_it_writes_again_by_itself_when_there_is_room(services, connection):
    connection.execute(f"PRAGMA max_page_count = {pragma(connection, 'page_count')}")
    with pytest.raises(Unavailable):
        fill(services)
    connection.execute(f"PRAGMA max_page_count = {ROOMY}")
    services.database.run(models.Draft.delete())
    assert len(fill(services)) == 100


def test_a_database_locked_from_outside_is_unavailable_and_then_is_not(services, connection, tmp_path):
    connection.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(tmp_path / "renewal.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="locked"), services.database.transaction():
        services.drafts.put(Draft("during"), NOON)
    other.execute("COMMIT")
    other.close()
    with services.database.transaction():
        services.drafts.put(Draft("after"), NOON)
    assert kept(services) == ["after"]


def test_no_connection_is_opened_before_it_is_needed(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'renewal.db'}")
    assert not (tmp_path / "renewal.db").exists()
    assert not database.holds_data()


def test_a_file_of_the_name_is_taken_for_data(tmp_path):
    (tmp_path / "renewal.db").touch()
    assert Database(f"sqlite:///{tmp_path / 'renewal.db'}").holds_data()


def test_a_folder_that_is_not_there_is_trouble_a_page_can_tell_of(tmp_path):
    with pytest.raises(Unavailable):
        Database(f"sqlite:///{tmp_path / 'missing' / 'renewal.db'}").pending()
    assert Unavailable is OperationalError


# A connection that was lost.


def test_after_a_lost_connection_the_next_query_opens_a_new_one(services, connection):
    services.drafts.put(Draft("before"), NOON)
    connection.close()  # as a server does that is restarted
    with pytest.raises(Unavailable, match="lost"):
        kept(services)
    assert kept(services) == ["before"]


def test_a_transaction_whose_connection_is_lost_leaves_nothing_and_the_next_one_writes(services, connection):
    def lose_it() -> None:
        with services.database.transaction():
            services.drafts.put(Draft("during"), NOON)
            connection.close()
            services.drafts.put(Draft("during, too"), NOON)

    with pytest.raises(Unavailable, match="lost"):
        lose_it()
    with services.database.transaction():
        services.drafts.put(Draft("after"), NOON)
    assert kept(services) == ["after"]


def test_a_query_the_database_refuses_costs_no_connection(services, connection):
    with read_only(services), pytest.raises(Unavailable, match=r"read-?only"):
        services.drafts.put(Draft("during"), NOON)
    assert services.database.connection() is connection


# Whose file.


def rights(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.glob("renewal.db*")}


@pytest.fixture
def generous() -> Iterator[None]:
    """A shell that lets everybody read what it makes."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("generous")
def test_the_file_and_those_beside_it_are_nobody_elses(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'renewal.db'}")
    database.migrate()
    assert rights(tmp_path) == dict.fromkeys(["renewal.db", "renewal.db-wal", "renewal.db-shm"], 0o600)
    database.close()


@pytest.mark.usefixtures("generous")
def test_what_an_earlier_release_left_open_to_everybody_is_shut_by_the_next_setup(tmp_path):
    (tmp_path / "renewal.db").touch()
    database = Database(f"sqlite:///{tmp_path / 'renewal.db'}")
    database.migrate()
    assert set(rights(tmp_path).values()) == {0o600}
    database.close()


def test_what_was_deleted_before_deletions_were_written_over_goes_with_the_upgrade(tmp_path):
    file, mark = tmp_path / "old.db", b"somebody's data"
    with closing(sqlite3.connect(file)) as old:
        old.execute("PRAGMA secure_delete = 0")
        old.execute("CREATE TABLE kept (data)")
        old.execute("INSERT INTO kept VALUES (?)", [mark * 1000])
        old.commit()
        old.execute("DELETE FROM kept")
        old.commit()
    assert mark in file.read_bytes()
    database = Database(f"sqlite:///{file}")
    database.migrate()
    assert mark not in file.read_bytes() + (tmp_path / "old.db-wal").read_bytes()
    database.close()


def test_its_size_is_that_of_its_files(services, tmp_path) -> None:
    files = (tmp_path / "renewal.db", tmp_path / "renewal.db-wal")
    services.drafts.put(Draft("a"), NOON)
    assert files[1].stat().st_size
    assert services.database.size() == sum(file.stat().st_size for file in files)
