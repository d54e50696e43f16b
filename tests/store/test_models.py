from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.store.models import Draft, MomentField
from tests.engines import execute
from tests.factories import SAME_FIXTURES, stored

moments = st.datetimes(
    datetime(1990, 1, 1),
    datetime(2090, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-11, minutes=30))]),
)


@SAME_FIXTURES
@given(moments)
def test_a_moment_is_stored_as_utc_and_comes_back_aware(services, moment):
    services.database.run(Draft.delete())
    row = {
        "id": "one",
        "version": 1,
        "trust": 0,
        "id_index": "",
        "answers": b"",
        "history": "[]",
        "owner_index": "",
        "submitted": False,
    }
    services.database.run(Draft.insert(**row, saved_at=moment))
    read = stored(services, Draft)[0].saved_at
    assert read == moment
    assert read.tzinfo is UTC
    ((as_stored,),) = execute(services.database, "SELECT CAST(saved_at AS TEXT) FROM draft")
    assert datetime.fromisoformat(as_stored) == moment.astimezone(UTC).replace(tzinfo=None)


@pytest.mark.parametrize("direction", ["db_value", "python_value"])
def test_no_moment_stays_none(direction):
    assert getattr(MomentField(), direction)(None) is None
