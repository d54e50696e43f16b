"""What is PostgreSQL's own: few connections for many threads, and a server that may go away."""

import time

import pytest

from renewal.store import models, postgres
from renewal.store.backup_file import Refused
from renewal.store.database import Database, Unavailable
from renewal.store.drafts import Draft
from renewal.store.restoring import unserved
from renewal.store.trouble import UrlWrong, said
from tests.engines import drop, execute, read_only
from tests.factories import NOON, at_once, stored
from tests.postgres import postgres as serve


@pytest.fixture
def database_url(postgresql_url):
    return postgresql_url


def kept(services) -> list[str]:
    return sorted(row.id for row in stored(services, models.Draft))


def test_an_answer_given_is_on_the_disk_and_nobody_waits_for_ever(services):
    assert execute(services.database, "SHOW synchronous_commit") == [("on",)]
    assert execute(services.database, "SHOW lock_timeout") == [("10s",)]
    assert execute(services.database, "SHOW timezone") == [("UTC",)]


def test_only_what_may_be_lost_with_the_power_does_not_wait_for_the_disk(services):
    with services.database.transaction(durable=False):
        assert execute(services.database, "SHOW synchronous_commit") == [("off",)]
    assert execute(services.database, "SHOW synchronous_commit") == [("on",)]


def test_hundreds_of_threads_share_a_few_connections(services, monkeypatch):
    at_once(services, *[lambda: kept(services)] * 60)
    open_ones = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with services.database.transaction():
        ((count,),) = services.database._database.execute_sql(open_ones).fetchall()
    assert count <= postgres.MOST


def test_where_all_connections_are_busy_one_waits_and_then_is_told(services, monkeypatch):
    monkeypatch.setattr(postgres, "PATIENCE", 0.05)
    services.database._database._room._value = 1
    with services.database.snapshot():
        assert [type(answer) for answer in at_once(services, lambda: kept(services))] == [Unavailable]
    assert kept(services) == []


def test_a_thread_keeps_no_connection_once_it_was_answered(services):
    services.drafts.put(Draft("one"), NOON)
    assert services.database._database.is_closed()
    with services.database.transaction():
        kept(services)
    assert services.database._database.is_closed()


def test_writers_of_two_containers_take_turns(services, database_url):
    """As on SQLite: what is read in a transaction stays true until its end, so that no verb counts twice."""
    both = [services.database, Database(database_url)]
    with both[0].transaction():
        both[0].run(models.ChainHead.insert(id=1, sequence=0, hash="", seal=""))

    def count_up(database):
        with database.transaction():
            head = database.row(models.ChainHead.select())
            time.sleep(0.005)
            database.run(models.ChainHead.update(sequence=head.sequence + 1))

    at_once(services, *[lambda database=database: count_up(database) for database in both * 10])
    assert stored(services, models.ChainHead)[0].sequence == 20
    both[1].close()


def test_while_a_server_runs_nothing_is_restored_and_a_command_is_none(services, database_url):
    command, server = Database(database_url), Database(database_url)
    command.count(models.Draft.select())
    with unserved(services.database):
        server.claim()
        server.count(models.Draft.select())
        server.let_go()  # as its thread for duties does until the next minute
    with pytest.raises(Refused, match="停止服务"), unserved(services.database):
        pytest.fail("it serves")
    server.close()
    with unserved(services.database):
        command.close()


def test_a_server_that_only_reads_is_unavailable_and_then_is_not(services):
    with read_only(services), pytest.raises(Unavailable), services.database.transaction():
        services.drafts.put(Draft("during"), NOON)
    services.drafts.put(Draft("after"), NOON)
    assert kept(services) == ["after"]


def test_where_a_table_is_missing_it_is_unavailable_as_on_sqlite(services):
    drop(services, "draft")
    with pytest.raises(Unavailable, match="missing"):
        services.drafts.find("any")
    with pytest.raises(Unavailable, match="missing"), services.database.transaction():
        services.drafts.put(Draft("during"), NOON)


def test_a_server_that_restarted_is_found_again_by_itself(keys):
    with serve() as server, server.database("blank") as url:
        database = Database(url)
        database.run(models.Attempt.insert(key="before", count=1, expires_at=NOON))
        server.stop()
        for _ in range(2):
            with pytest.raises(Unavailable) as refused:
                database.rows(models.Attempt.select())
            assert "服务器没有应答" in said(refused.value)
        server.start()
        time.sleep(postgres.AGAIN)
        assert [row.key for row in database.rows(models.Attempt.select())] == ["before"]
        database.close()


def test_a_server_that_is_gone_is_not_asked_by_every_request_in_turn(monkeypatch):
    asked = []
    monkeypatch.setattr(postgres.psycopg2, "connect", lambda **_: asked.append(1) or _refuse())
    database = Database("postgresql://nobody@127.0.0.1:9/none")
    for _ in range(5):
        with pytest.raises(Unavailable):
            database.rows(models.Attempt.select())
    assert len(asked) == 1


def _refuse():
    raise postgres.psycopg2.OperationalError("connection refused")


def test_an_option_nobody_knows_is_told_of_without_the_password():
    with pytest.raises(UrlWrong, match="不认识的选项") as refused:
        Database("postgresql://u:geheim@127.0.0.1/d?colour=red").pending()
    assert "geheim" not in str(refused.value)


def test_a_password_may_hold_any_character():
    given = Database("postgresql://%E6%9D%8E:p%40ss%2Fw@h:6000/d?sslmode=require")._database.connect_params
    assert (given["user"], given["password"], given["port"]) == ("李", "p@ss/w", 6000)
    assert given["sslmode"] == "require"
