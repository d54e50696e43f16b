import io
from datetime import date

import pytest
from peewee import IntegrityError

from renewal.store import dump, models, pages
from renewal.store.database import Database
from tests.factories import NOON, person, stored, submitted


def dumped(services, **manifest) -> io.BytesIO:
    pipe = io.BytesIO()
    with services.database.snapshot():
        dump.write(services.database, pipe)
    dump.end(pipe, manifest)
    pipe.seek(0)
    return pipe


@pytest.fixture
def other(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'other.db'}")
    database.migrate()
    yield database
    database.close()


def test_more_rows_than_a_page_come_in_order_and_once(services, other, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 3)
    for serial in range(7):
        services.people.register(person(serial).registration, NOON)
    tally, _ = dump.read(dumped(services), other)
    assert tally.rows["applicant"] == 7
    arrived = other.rows(models.Applicant.select().order_by(models.Applicant.id))
    assert [_plain(row) for row in arrived] == [_plain(row) for row in stored(services, models.Applicant)]


def _plain(row: models.Applicant) -> list[object]:
    """PostgreSQL hands bytes out as a view of memory."""
    return [bytes(value) if isinstance(value, memoryview) else value for value in row.__data__.values()]


def test_so_do_rows_whose_key_is_of_two_columns(services, other, monkeypatch):
    monkeypatch.setattr(dump, "PAGE", 3)
    for number in range(7):
        services.step_counts.reach(date(2026, 6, 1 + number // 4), [f"step{number % 4}"])
    tally, _ = dump.read(dumped(services), other)
    assert tally.rows["step_count"] == 7
    rows = {tuple(row.__data__.values()) for row in other.rows(models.StepCount.select())}
    assert rows == {tuple(row.__data__.values()) for row in stored(services, models.StepCount)}


def test_read_without_a_database_it_only_counts(services):
    submitted(services, person(1))
    tally, end = dump.read(dumped(services, moment="x"), None)
    assert tally.rows["application"] == 1
    assert end == {"moment": "x"}


def test_the_digest_is_of_the_rows(services):
    empty, _ = dump.read(dumped(services), None)
    again, _ = dump.read(dumped(services), None)
    services.people.register(person(1).registration, NOON)
    other, _ = dump.read(dumped(services), None)
    assert empty.digest == again.digest != other.digest


def test_a_table_comes_after_those_it_refers_to(services):
    tally, _ = dump.read(dumped(services), None)
    order = list(tally.rows)
    for model in models.TABLES:
        for field in model._meta.refs:
            assert order.index(field.rel_model._meta.table_name) < order.index(model._meta.table_name)
    assert set(order) == {model._meta.table_name for model in models.TABLES}


def test_a_row_that_is_there_already_is_not_written_over(services, other):
    services.people.register(person(1).registration, NOON)
    dump.read(dumped(services), other)
    with pytest.raises(IntegrityError):
        dump.read(dumped(services), other)
