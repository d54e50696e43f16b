"""The moment by the clock on the wall: all of China keeps one time, without summer time."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8))


def china_day(moment: datetime) -> date:
    """The day it is in China at an aware moment."""
    return moment.astimezone(CHINA).date()


def hour_minute(moment: datetime) -> str:
    """As in 已保存 14:03."""
    return f"{moment.astimezone(CHINA):%H:%M}"


def day_and_time(moment: datetime) -> str:
    """As in 2026/06/15 14:03."""
    return f"{moment.astimezone(CHINA):%Y/%m/%d %H:%M}"
