"""Which backups are kept: many of the last days, few of long ago."""

from collections.abc import Hashable, Iterable
from datetime import datetime

from renewal.domain.clock import china_day

DAYS, WEEKS, MONTHS = 7, 4, 12


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """Of the last 7 days, 4 weeks and 12 months that have any, the newest of each."""
    newest_first = sorted(moments, reverse=True)
    keep: set[datetime] = set()
    for number, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        newest: dict[Hashable, datetime] = {}
        for moment in newest_first:
            newest.setdefault(period(moment), moment)
        keep |= set(list(newest.values())[:number])
    return keep


def _day(moment: datetime) -> Hashable:
    return china_day(moment)


def _week(moment: datetime) -> Hashable:
    return china_day(moment).isocalendar()[:2]


def _month(moment: datetime) -> Hashable:
    return china_day(moment).replace(day=1)
