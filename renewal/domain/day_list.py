"""Days of one year as an office copies them from the notice of the State Council: 10月1日至7日、10月10日."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from renewal.domain.errors import InvalidValue

_REMARK = re.compile(r"\([^)]*\)|放假|调休|补假|上班|共[0-9]+天")
_BETWEEN = re.compile(r"[\s、,;。]+")
_DAY = r"(?:(?P<year{0}>[0-9]{{4}})[-/.年])?(?:(?P<month{0}>[0-9]{{1,2}})[-/.月])?(?P<day{0}>[0-9]{{1,2}})[日号]?"
_PERIOD = re.compile(_DAY.format("") + f"(?:[至到~—]{_DAY.format('_2')})?")
_LONGEST = 2000  # characters


def parse(text: str, year: int) -> frozenset[date]:
    """Single days and periods, as 10月1日, 10-01, 2026/10/1 or 10月1日至7日, with the notice's own words between
    them. Raises InvalidValue."""
    plain = _REMARK.sub("", unicodedata.normalize("NFKC", text[:_LONGEST]))
    parts = _BETWEEN.split(re.sub(r"\s*([至到~—])\s*", r"\1", plain))
    return frozenset(day for part in parts if part for day in _days(part, year))


def show(days: Iterable[date]) -> str:
    """What `parse` reads again; days that follow one another as a period."""
    return "、".join(_period(first, last) for first, last in _periods(sorted(days)))


def _days(part: str, year: int) -> Iterator[date]:
    found = _PERIOD.fullmatch(part)
    if not found or not found["month"]:
        raise InvalidValue(f"“{part[:20]}”不是日期，请写成“10月1日”或“10月1日至7日”。")
    first = _day(part, year, found["year"], found["month"], found["day"])
    last = _day(part, year, found["year_2"], found["month_2"] or found["month"], found["day_2"] or found["day"])
    if found["day_2"] and last <= first:
        raise InvalidValue(f"“{part}”的结束日应晚于开始日。")
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _day(part: str, year: int, own_year: str | None, month: str, day: str) -> date:
    if own_year and int(own_year) != year:
        raise InvalidValue(f"“{part}”不在{year}年，请填到它那一年里。")
    try:
        return date(year, int(month), int(day))
    except ValueError:
        raise InvalidValue(f"“{part}”里有{year}年没有的日子，请核对。") from None


def _periods(days: list[date]) -> Iterator[tuple[date, date]]:
    while days:
        last = 0
        while last + 1 < len(days) and days[last + 1] - days[last] == timedelta(days=1):
            last += 1
        yield days[0], days[last]
        days = days[last + 1 :]


def _period(first: date, last: date) -> str:
    if first == last:
        return f"{first.month}月{first.day}日"
    end = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
    return f"{first.month}月{first.day}日至{end}"
