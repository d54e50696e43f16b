import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from peewee import InterfaceError, OperationalError

from renewal.store import models
from renewal.store.database import Database, Unavailable
from renewal.store.drafts import Draft
from tests.factories import NOON, at_once, person, read_only, services_in, stored

ROOMY = 10**6


@pytest.fixture
def connection(services):
    """This thread's connection, as sqlite3 gives it."""
    return services.database.connection()


def kept(services) -> list[str]:
    return sorted(row.id for row in stored(services, models.Draft))


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


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


def test_a_failure_in_the_middle_leaves_nothing(services):
    def fail_after_two_rows() -> None:
        with services.database.transaction():
            services.drafts.put(Draft("one"), NOON)
            services.attachments.put("one", "portrait", b"picture", NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_two_rows()
    assert kept(services) == []
    assert len(stored(services, models.Attachment)) == 0


def test_a_failed_transaction_does_not_hold_up_the_next(services):
    with pytest.raises(ZeroDivisionError), services.database.transaction():
        raise ZeroDivisionError
    with services.database.transaction():
        services.drafts.put(Draft("one"), NOON)
    assert kept(services) == ["one"]


def test_a_transaction_is_there_for_other_connections_when_it_ends(services, tmp_path):
    with services.database.transaction():
        services.drafts.put(Draft("one"), NOON)
        assert elsewhere(tmp_path) == 0
    assert elsewhere(tmp_path) == 1


def elsewhere(folder) -> int:
    other = sqlite3.connect(folder / "renewal.db")
    count = other.execute("SELECT count(*) FROM draft").fetchone()[0]
    other.close()
    return count


def test_writers_of_many_threads_all_get_their_turn(services):
    def write(writer: int) -> None:
        for turn in range(5):
            with services.database.transaction():
                services.drafts.put(Draft(f"{writer}-{turn}"), NOON)

    at_once(services, *[lambda writer=writer: write(writer) for writer in range(6)])
    assert len(kept(services)) == 30


def test_behind_a_writer_that_is_stuck_nobody_waits_in_turn(services, monkeypatch):
    monkeypatch.setattr("renewal.store.database.QUEUE_TIMEOUT", 0.05)

    def write() -> None:
        with services.database.transaction():
            pass

    with services.database.transaction():
        began = time.monotonic()
        answers = at_once(services, *[write] * 4)
        assert time.monotonic() - began < 1
    assert {type(answer) for answer in answers} == {Unavailable}
    write()


def test_a_writer_waits_until_the_other_has_finished(services):
    order = []

    def slow() -> None:
        with services.database.transaction():
            holding.set()
            time.sleep(0.05)
            order.append("slow")

    def quick() -> None:
        holding.wait()
        with services.database.transaction():
            order.append("quick")

    holding = threading.Event()
    at_once(services, slow, quick)
    assert order == ["slow", "quick"]


def test_a_read_only_database_says_so_and_keeps_what_it_has(services):
    services.drafts.put(Draft("before"), NOON)
    with read_only(services):
        with pytest.raises(Unavailable), services.database.transaction():
            services.drafts.put(Draft("during"), NOON)
        assert kept(services) == ["before"]


def test_it_writes_again_by_itself_when_it_is_no_longer_read_only(services):
    with read_only(services), pytest.raises(Unavailable), services.database.transaction():
        services.drafts.put(Draft("during"), NOON)
    with services.database.transaction():
        services.drafts.put(Draft("after"), NOON)
    assert kept(services) == ["after"]


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


# One inside another.


def test_a_transaction_inside_another_is_part_of_it_and_does_not_wait(services):
    began = time.monotonic()
    with services.database.transaction():
        services.drafts.put(Draft("outer"), NOON)
        with services.database.transaction():
            services.drafts.put(Draft("inner"), NOON)
    assert time.monotonic() - began < 1
    assert kept(services) == ["inner", "outer"]


def test_what_an_inner_transaction_wrote_goes_with_the_outer_one(services):
    def fail_after_an_inner_one() -> None:
        with services.database.transaction():
            with services.database.transaction():
                services.drafts.put(Draft("inner"), NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_an_inner_one()
    assert kept(services) == []


def test_an_inner_transaction_that_fails_leaves_nothing_even_when_the_outer_goes_on(services):
    def fail() -> None:
        with services.database.transaction():
            services.drafts.put(Draft("inner"), NOON)
            raise ZeroDivisionError

    with services.database.transaction():
        services.drafts.put(Draft("outer"), NOON)
        with pytest.raises(ZeroDivisionError):
            fail()
    assert kept(services) == ["outer"]


def test_nobody_else_writes_between_an_inner_transaction_and_the_end_of_the_outer(services, monkeypatch):
    monkeypatch.setattr("renewal.store.database.QUEUE_TIMEOUT", 0.05)

    def write() -> None:
        with services.database.transaction():
            pass

    with services.database.transaction():
        with services.database.transaction():
            pass
        assert [type(answer) for answer in at_once(services, write)] == [Unavailable]


# Whose database.


def test_two_databases_in_one_process_never_mix(services, tmp_path, blank, keys, clock):
    (tmp_path / "second").mkdir()
    second = services_in(tmp_path / "second", blank, keys, clock)
    services.drafts.put(Draft("first's"), NOON)
    second.drafts.put(Draft("second's"), NOON)
    with services.database.transaction(), second.database.transaction():
        services.people.register(person().registration, NOON)
    assert (kept(services), kept(second)) == (["first's"], ["second's"])
    assert not second.people.knows(person().name, person().id_number)
    second.database.close()


@pytest.mark.parametrize("table", models.TABLES, ids=lambda table: table.__name__)
def test_a_query_that_no_database_runs_fails_loudly(services, table):
    for query in (table.select(), table.delete(), table.update(id=1)):
        with pytest.raises(InterfaceError, match="must be bound"):
            query.execute()


def test_a_snapshot_shows_one_moment_and_stops_no_writer(services):
    services.drafts.put(Draft("before"), NOON)
    with services.database.snapshot():
        assert kept(services) == ["before"]
        at_once(services, lambda: services.drafts.put(Draft("meanwhile"), NOON))
        assert kept(services) == ["before"]
    assert kept(services) == ["before", "meanwhile"]


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
    with read_only(services), pytest.raises(Unavailable, match="readonly"):
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
