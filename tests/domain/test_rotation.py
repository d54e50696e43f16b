from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from renewal.domain.clock import china_day
from renewal.domain.rotation import kept
from tests.factories import NOON

DAY = timedelta(days=1)


def test_two_years_of_daily_backups_shrink_to_days_weeks_and_months():
    all_of_them = [NOON - number * DAY for number in range(730)]
    keep = kept(all_of_them)
    assert {NOON - number * DAY for number in range(7)} <= keep
    assert len({china_day(moment).isocalendar()[:2] for moment in keep}) >= 4
    assert len({(moment.year, moment.month) for moment in keep}) == 12
    assert len(keep) <= 7 + 4 + 12


def test_of_one_day_the_newest_is_kept():
    morning, evening = NOON - timedelta(hours=3), NOON + timedelta(hours=3)
    assert kept([morning, evening]) == {evening}


def test_a_day_is_one_of_china():
    before, after = (datetime(2026, 6, 15, 16, tzinfo=UTC) + timedelta(minutes=by) for by in (-1, 1))
    assert kept([before, after]) == {before, after}


@given(st.sets(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)), max_size=60))
def test_nothing_is_invented_and_the_newest_never_goes(moments):
    assert kept(moments) <= moments
    assert max(moments, default=None) == max(kept(moments), default=None)


@given(st.integers(1, 400))
def test_a_daily_life_never_deletes_what_it_would_keep_later(days):
    """Whoever deletes every day has no less than whoever deletes at the end."""
    there: set[datetime] = set()
    every = [NOON + number * DAY for number in range(days)]
    for moment in every:
        there = kept(there | {moment})
    assert there == kept(every)
