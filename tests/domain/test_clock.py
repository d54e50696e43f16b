from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain.clock import CHINA, china_day, day_and_time, hour_minute
from tests.domain.strategies import SLOW_MACHINE

zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
moments = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=zones)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 15, 15, 59, 59, tzinfo=UTC), date(2026, 6, 15)),
        (datetime(2026, 6, 15, 16, 0, tzinfo=UTC), date(2026, 6, 16)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_china(moment: datetime, day: date) -> None:
    assert china_day(moment) == day


def test_the_clock_is_the_one_on_the_wall() -> None:
    moment = datetime(2026, 6, 15, 6, 3, 59, tzinfo=UTC)
    assert hour_minute(moment) == "14:03"
    assert day_and_time(moment) == "2026/06/15 14:03"


def test_midnight_is_00_00() -> None:
    assert day_and_time(datetime(2026, 6, 15, 16, 0, tzinfo=UTC)) == "2026/06/16 00:00"


@given(moments)
@settings(**SLOW_MACHINE)
def test_one_moment_reads_the_same_wherever_it_was_taken(moment: datetime) -> None:
    there = moment.astimezone(CHINA)
    assert china_day(moment) == there.date()
    assert day_and_time(moment) == day_and_time(there) == f"{there:%Y/%m/%d} {hour_minute(moment)}"


@given(moments)
@settings(**SLOW_MACHINE)
def test_summer_has_no_other_time(moment: datetime) -> None:
    assert moment.astimezone(CHINA).utcoffset() == timedelta(hours=8)
