"""Dates as people type them and as the form shows them."""

import re
import unicodedata
from datetime import date

from renewal.domain.errors import InvalidValue
from renewal.domain.text import normalise

EARLIEST_YEAR = 1900
_LATEST_YEAR = 2100
_SEPARATED = re.compile(r"([0-9]{4}) ?[-/.年 ] ?([0-9]{1,2}) ?[-/.月 ] ?([0-9]{1,2}) ?[日号]?")
_PLAIN = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


def parse_date(text: str) -> date:
    """2003-07-01, 2003/7/1, 2003.7.1, 2003年7月1日 or 20030701, half- or full-width, 1900 to 2100.

    Raises InvalidValue.
    """
    typed = unicodedata.normalize("NFKC", normalise(text))
    found = _SEPARATED.fullmatch(typed) or _PLAIN.fullmatch(typed)
    if not found:
        raise InvalidValue("请填写完整的年月日，例如 20030701 或 2003/07/01。")
    year, month, day = map(int, found.groups())
    if not EARLIEST_YEAR <= year <= _LATEST_YEAR:
        raise InvalidValue(f"年份应在{EARLIEST_YEAR}到{_LATEST_YEAR}之间，请核对日期。")
    return _real_day(year, month, day)


def _real_day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidValue(f"{year}年{month}月没有{day}日这一天，请核对日期。") from None


def show(day: date) -> str:
    """YYYY/MM/DD, as in the manual's figure 9-1."""
    return day.isoformat().replace("-", "/")


def add_years(day: date, years: int) -> date:
    """The same day of another year; 28 February for a missing 29th (民法典 art. 202)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def birth_date(text: str, today: date) -> date:
    """A real day since 1900 that has come. Raises InvalidValue."""
    day = parse_date(text)
    if day > today:
        raise InvalidValue("出生日期晚于今天，请核对出生日期。")
    return day


def graduation_date(text: str, birth_date: date | None, today: date) -> date:
    """A real day that has come, later than the 15th birthday where the birth date is known.

    Raises InvalidValue.
    """
    day = parse_date(text)
    if day > today:
        raise InvalidValue("毕业时间晚于今天，请填写毕业证书上的日期。")
    if birth_date and day <= add_years(birth_date, 15):
        raise InvalidValue("毕业时间应在年满15周岁以后，请按毕业证书核对。")
    return day
