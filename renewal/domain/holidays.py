"""The holiday file that an office replaces: read as a whole, or refused in a sentence that says where it is wrong.

`{"every_year": ["10-01", …], "years": {"2026": {"holidays": ["2026-10-05", …], "make_up_days": ["2026-10-10", …]}}}`
"""

import json
from datetime import date
from typing import Any

from renewal.domain.calendar import WorkingCalendar
from renewal.domain.errors import InvalidValue

LEAP_YEAR = 2024  # any day of a year is one of its days
SATURDAY = 5


def read(text: str) -> WorkingCalendar:
    """Raises InvalidValue: a file that is half understood would shift deadlines, and nobody would know."""
    try:
        file = json.loads(text, object_pairs_hook=_each_once)
    except json.JSONDecodeError as error:
        raise InvalidValue(f"第{error.lineno}行不符合JSON格式") from error
    every_year = frozenset((day.month, day.day) for day in _days(file, "every_year", f"{LEAP_YEAR}-"))
    years = {_year(name): year for name, year in _object(file, "years").items()}
    holidays, make_up_days = (
        frozenset(day for number, year in years.items() for day in _days(year, key, of=number))
        for key in ("holidays", "make_up_days")
    )
    _agree(holidays, make_up_days, every_year)
    return WorkingCalendar(holidays, make_up_days, every_year, frozenset(years))


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON takes the last of two equal names without a word."""
    read = dict(pairs)
    if len(read) < len(pairs):
        raise InvalidValue(f"{'、'.join(sorted({name for name, _ in pairs}))}里有重复的一项")
    return read


def _object(file: Any, key: str) -> dict[str, Any]:
    value = file.get(key) if isinstance(file, dict) else None
    if not isinstance(value, dict):
        raise InvalidValue(f"缺少 {key}，或不是大括号括起的内容")
    return value


def _days(file: Any, key: str, before: str = "", of: int | None = None) -> list[date]:
    """Those listed under `key`, each with `before` in front, all in the year `of` if there is one."""
    values = file.get(key) if isinstance(file, dict) else None
    if not isinstance(values, list):
        raise InvalidValue(f"{f'{of}年' if of else ''}缺少 {key}，或不是方括号括起的日期")
    return [_day(before, value, of) for value in values]


def _day(before: str, value: Any, of: int | None) -> date:
    try:
        day = date.fromisoformat(f"{before}{value}")
    except ValueError as error:
        raise InvalidValue(f"“{value}”不是日期") from error
    if of and day.year != of:
        raise InvalidValue(f"“{value}”不在{of}年")
    return day


def _year(name: str) -> int:
    if len(name) != len("2026") or not name.isdecimal():
        raise InvalidValue(f"“{name}”不是年份")
    return int(name)


def _agree(holidays: frozenset[date], make_up_days: frozenset[date], every_year: frozenset[tuple[int, int]]) -> None:
    for day in sorted(make_up_days):
        if words := wrong_with(day, holidays, every_year):
            raise InvalidValue(f"{day} {words}")


def wrong_with(make_up_day: date, holidays: frozenset[date], every_year: frozenset[tuple[int, int]]) -> str:
    """Why this is no day worked instead of another; empty when it can be one."""
    if make_up_day in holidays or (make_up_day.month, make_up_day.day) in every_year:
        return "既是放假又是上班"
    return "不是周末，不用写在上班的日子里" if make_up_day.weekday() < SATURDAY else ""
