import threading
import time

import pytest
from peewee import InterfaceError

from renewal.store import models
from renewal.store.database import Database, Unavailable
from renewal.store.drafts import Draft
from tests.engines import read_only
from tests.factories import NOON, at_once, person, services_over, stored


def kept(services) -> list[str]:
    return sorted(row.id for row in stored(services, models.Draft))


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


def test_a_transaction_is_there_for_other_connections_when_it_ends(services, database_url):
    other = Database(database_url)
    with services.database.transaction():
        services.drafts.put(Draft("one"), NOON)
        assert other.rows(models.Draft.select()) == []
    assert len(other.rows(models.Draft.select())) == 1
    other.close()


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


def test_two_databases_in_one_process_never_mix(services, another_url, keys, clock):
    second = services_over(another_url, keys, clock)
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
