"""节假日: what the State Council announces year by year, as settings."""

import re
from functools import cache

from renewal.domain.decided import OFF, WORKED, Decided
from renewal.domain.holidays import wrong_with
from renewal.forms.kinds import days
from renewal.forms.setting import Section, Setting

HOLIDAY_FILE = "RENEWAL_DATA/holidays.json"
FIRST_YEAR = 2026
ABOUT = "期限按工作日计算。已经给出的期限不会改变，以后的按新的算。元旦、劳动节、国庆节固定的几天不填也会扣除。"
_KEY = re.compile(rf"holidays\.([0-9]{{4}})_(?:{OFF}|{WORKED})")


@cache
def section(until: int) -> Section:
    """Of every year so far and up to that one, the last one first."""
    years = range(until, FIRST_YEAR - 1, -1)
    return Section("holidays", "节假日", tuple(each for year in years for each in _of(year)), ABOUT, _check)


def setting(key: str) -> Setting | None:
    found = _KEY.fullmatch(key)
    return next((each for each in _of(int(found[1])) if each.key == key), None) if found else None


def _of(year: int) -> tuple[Setting, Setting]:
    hint = f"照国务院办公厅的通知填，如：10月1日至7日。填上以后，{year}年就按通知计算期限"
    off = Setting(f"holidays.{year}_{OFF}", f"{year}年放假的日子", days(year), hint, HOLIDAY_FILE)
    worked = "如：9月20日、10月10日"
    return off, Setting(f"holidays.{year}_{WORKED}", f"{year}年上班的周末", days(year), worked, HOLIDAY_FILE)


def _check(decided: Decided) -> dict[str, str]:
    wrong = {}
    for key, worked in decided.holidays.items():
        year, _, which = key.partition("_")
        if which == WORKED and worked:
            off = decided.holidays.get(f"{year}_{OFF}")
            for day in sorted(worked):
                if words := wrong_with(day, off or frozenset(), decided.every_year):
                    wrong[f"holidays.{key}"] = f"{day.month}月{day.day}日{words}。"
            if not off:
                wrong[f"holidays.{year}_{OFF}"] = f"请把{year}年放假的日子也填上。"
    return wrong
