import pytest

from renewal.store import models
from renewal.store.fitting import SEALED, closed, faults
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from tests.engines import about_sqlites_file
from tests.factories import NOON, person, submitted
from tests.staffing import staffed


@pytest.fixture
def filled(services):
    """Something sealed of every kind."""
    staffed(services)
    submitted(services, person(1), "selfie")
    services.people.register(person(1).registration, NOON)
    services.people.keep_avatar("a phone", b"face", NOON)
    return services


def test_keys_that_fit_open_every_kind(filled):
    assert list(closed(filled.database, filled.sealer)) == []
    for model, column, _ in SEALED.values():
        assert filled.database.row(model.select().where(column.is_null(False))), model


def test_other_keys_open_none(filled):
    assert list(closed(filled.database, Sealer(Keys.fresh()))) == list(SEALED)


def test_an_empty_database_fits_any_keys(services):
    assert list(closed(services.database, Sealer(Keys.fresh()))) == []


def test_renewed_keys_still_open_what_was_sealed_before(filled, keys):
    assert list(closed(filled.database, Sealer(keys.rotated()))) == []


def test_a_whole_file_has_no_faults(filled):
    assert faults(filled.database) == []


@about_sqlites_file
def test_a_damaged_page_is_found(filled):
    file = filled.database.file
    filled.database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    filled.database.close()
    contents = bytearray(file.read_bytes())
    for at in range(5 * 4096, len(contents), 4096):
        contents[at : at + 100] = b"\xff" * 100
    file.write_bytes(contents)
    assert faults(filled.database)


@about_sqlites_file
def test_a_reference_into_nothing_is_found(filled):
    filled.database.connection().execute("PRAGMA foreign_keys = 0")
    filled.database.run(models.Draft.delete())
    assert any("application表" in fault and "draft不存在" in fault for fault in faults(filled.database))
