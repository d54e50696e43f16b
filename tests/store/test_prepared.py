from datetime import timedelta

import pytest

from renewal.store.models import Attempt, Draft
from renewal.store.prepared import Prepared
from tests.factories import NOON

RUNNING = Prepared(
    lambda key, now: Attempt.select().where((Attempt.key == key) & (Attempt.expires_at > now)).limit(1),
    key=Attempt.key,
    now=Attempt.expires_at,
)


@pytest.fixture
def counted(services):
    for key, count in (("a", 1), ("b", 2)):
        insert = Attempt.insert(key=key, count=count, expires_at=NOON + timedelta(minutes=count))
        services.database.run(insert)
    return services.database


def test_a_prepared_query_finds_what_the_query_itself_finds(counted):
    [found] = counted.rows(RUNNING(key="b", now=NOON))
    [model] = counted.rows(Attempt.select().where(Attempt.key == "b"))
    assert (found.key, found.count, found.expires_at) == (model.key, model.count, model.expires_at)
    assert counted.row(RUNNING(key="b", now=NOON)) == found


def test_each_use_has_values_of_its_own(counted):
    asked = [RUNNING(key=key, now=NOON) for key in ("a", "b", "nobody's")]
    assert [[row.count for row in counted.rows(query)] for query in asked] == [[1], [2], []]


def test_values_are_compared_as_their_fields_keep_them(counted):
    """A moment in another zone is the same moment."""
    assert counted.row(RUNNING(key="a", now=NOON + timedelta(seconds=59)))
    assert counted.row(RUNNING(key="a", now=NOON + timedelta(minutes=1))) is None


def test_a_change_says_how_many_rows_it_met(counted):
    change = Prepared(
        lambda key, count: Attempt.update(count=count).where(Attempt.key == key), key=Attempt.key, count=Attempt.count
    )
    assert counted.run(change(key="a", count=9)) == 1
    assert counted.run(change(key="nobody's", count=9)) == 0
    assert counted.row(RUNNING(key="a", now=NOON)).count == 9


def test_what_a_change_returns_comes_in_rows(counted):
    more = Prepared(
        lambda key: Attempt.update(count=Attempt.count + 1).where(Attempt.key == key).returning(Attempt.count),
        key=Attempt.key,
    )
    assert [row.count for row in counted.rows(more(key="b"))] == [3]


def test_truth_comes_back_as_truth(services):
    """SQLite keeps it as 0 and 1."""
    kept = {"version": 1, "trust": 0, "id_index": "", "owner_index": "", "answers": b"", "history": "[]"}
    services.database.run(Draft.insert(id="one", submitted=True, saved_at=NOON, **kept))
    find = Prepared(lambda id: Draft.select(Draft.submitted, Draft.saved_at).where(Draft.id == id), id=Draft.id)
    found = services.database.row(find(id="one"))
    assert found.submitted is True
    assert found.saved_at == NOON


def test_a_slot_nobody_filled_is_noticed(counted):
    with pytest.raises(KeyError):
        counted.rows(RUNNING(key="a"))
