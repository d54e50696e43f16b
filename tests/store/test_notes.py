"""A note opens where it was written, and says what was written."""

from datetime import timedelta

import pytest

from renewal.store import models
from renewal.store.notes import Note
from renewal.store.sealed import Unsealable
from tests.factories import person, stored, submitted

ROW = models.Note


@pytest.fixture
def case(services):
    case = submitted(services, person(1))
    services.notes.put(case.id, Note("王科员", "电话打不通", services.now()))
    return case


def test_it_is_sealed(services, case):
    (row,) = stored(services, ROW)
    assert "电话打不通".encode() not in bytes(row.sealed)
    assert services.notes.of(case.id) == [Note("王科员", "电话打不通", services.now())]


@pytest.mark.parametrize("change", [{"author": "赵科员"}, {"at": "later"}, {"application": 2}, {"sealed": b"x" * 40}])
def test_nothing_of_it_is_changed_by_hand(services, case, change):
    submitted(services, person(2))
    if "at" in change:
        change = {"at": services.now() + timedelta(seconds=1)}
    services.database.run(ROW.update(change))
    with pytest.raises(Unsealable):
        services.notes.of(change.get("application", case.id))


def test_of_the_same_moment_the_later_comes_first(services, case):
    services.notes.put(case.id, Note("王科员", "又打过", services.now()))
    assert [note.text for note in services.notes.of(case.id)] == ["又打过", "电话打不通"]
