from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.domain.clock import CHINA
from renewal.domain.schedule import Daily, Every

AT_THREE = Daily(time(3))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("now", "since"),
    [
        ("2026-06-15T02:59:59+08:00", "2026-06-14T03:00:00+08:00"),
        ("2026-06-15T03:00:00+08:00", "2026-06-15T03:00:00+08:00"),
        ("2026-06-15T23:59:59+08:00", "2026-06-15T03:00:00+08:00"),
        ("2026-06-14T18:59:59+00:00", "2026-06-14T03:00:00+08:00"),
        ("2027-01-01T00:00:00+08:00", "2026-12-31T03:00:00+08:00"),
    ],
)
def test_a_day_begins_at_its_hour_in_china(now: str, since: str) -> None:
    assert AT_THREE.since(datetime.fromisoformat(now)) == datetime.fromisoformat(since)


@given(moments, st.times())
def test_the_last_time_was_at_that_hour_and_within_a_day(now: datetime, at: time) -> None:
    since = Daily(at).since(now)
    assert since.astimezone(CHINA).time() == at
    assert timedelta() <= now - since < timedelta(days=1)


@given(moments, st.integers(1, 10_000))
def test_minutes_are_counted_from_the_last_run(now: datetime, minutes: int) -> None:
    assert now - Every(minutes).since(now) == timedelta(minutes=minutes)
