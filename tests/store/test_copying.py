"""An office moves from its file to PostgreSQL."""

import pytest

from renewal.domain.application import Status
from renewal.store import copying, models, pages
from renewal.store.audit import verify
from renewal.store.copying import NotEmpty, NotTheSame, copy
from renewal.store.database import Database
from renewal.store.face_orders import FaceOrder, new_number
from tests.factories import carry, moved, person, portrait_jpeg, returned, services_over, stored, submitted


@pytest.fixture
def database_url(sqlite_url):
    return sqlite_url


@pytest.fixture
def office(services):
    """Cases in several states, one of them returned, a draft with a number and a face check, an avatar."""
    services.key_check.settle()
    services.people.keep_avatar("a phone", portrait_jpeg(), services.now())
    moved(services, submitted(services, person(1), "selfie"), Status.APPROVED)
    returned(services, submitted(services, person(2)), school="请填写全称。")
    draft = carry(services, "commitment", person(3))
    with services.database.transaction():
        services.phones.confirm(draft.id, person(3).phone, services.now())
        services.face_orders.put(FaceOrder(new_number(), draft.id, "aliyun", "me", "my phone", services.now()))
    return services


@pytest.fixture
def empty_url(postgresql_empty):
    return postgresql_empty()


@pytest.fixture
def target(empty_url):
    target = Database(empty_url)
    yield target
    target.close()


def rows(services) -> dict[str, list]:
    def plain(row):
        return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.__data__.items()}

    return {table.__name__: [plain(row) for row in stored(services, table)] for table in models.TABLES}


def test_everything_arrives_and_the_office_goes_on_there(office, target, empty_url, keys, clock, monkeypatch):
    monkeypatch.setattr(pages, "PAGE", 2)
    copied = copy(office.database, target, office.sealer)
    moved_on = services_over(empty_url, keys, clock)
    assert rows(moved_on) == rows(office)
    assert copied.rows["application"] == 2
    assert copied.head == verify(office.database, office.sealer).head
    moved_on.key_check.check()
    assert target.pending() == []
    assert submitted(moved_on, person(4)).id == 3
    assert verify(moved_on.database, moved_on.sealer).findings == []
    moved_on.database.close()


def test_an_office_without_a_case_moves_too(services, target):
    assert copy(services.database, target, services.sealer).head.sequence == 0


def test_a_database_that_holds_anything_is_refused_and_left_alone(office, target):
    target._database.execute_sql("CREATE TABLE somebodys (id integer)")
    target.close()
    with pytest.raises(NotEmpty, match="目标数据库不是空的"):
        copy(office.database, target, office.sealer)
    assert target._database.get_tables() == ["somebodys"]


def test_broken_off_anywhere_the_target_is_as_empty_as_before(office, target, monkeypatch):
    before = rows(office)
    monkeypatch.setattr(copying, "_sum", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        copy(office.database, target, office.sealer)
    assert not target.holds_data()
    assert rows(office) == before
    monkeypatch.undo()
    copy(office.database, target, office.sealer)


def test_a_row_that_arrives_otherwise_stops_it(office, target, monkeypatch):
    run = target.run
    monkeypatch.setattr(target, "run", lambda query: run(query) and target._database.execute_sql("DELETE FROM avatar"))
    with pytest.raises(NotTheSame, match="avatar 原有1行，搬过去0行"):
        copy(office.database, target, office.sealer)
    assert not target.holds_data()


def test_a_log_that_is_not_whole_is_not_moved(office, target):
    office.database.run(models.Application.update(deadline="2030-01-01"))
    with pytest.raises(NotTheSame, match="日志不完整"):
        copy(office.database, target, office.sealer)
    assert not target.holds_data()


def test_text_too_long_for_its_column_loses_nothing(office, target):
    office.database.run(models.Avatar.update(id="x" * 99))
    with pytest.raises(NotTheSame, match="avatar 里有新数据库不收的内容"):
        copy(office.database, target, office.sealer)
    assert not target.holds_data()
