import json
from datetime import date

import pytest

from renewal.app import SHIPPED_HOLIDAYS
from renewal.domain.errors import InvalidValue
from renewal.domain.holidays import read

SHIPPED = SHIPPED_HOLIDAYS.read_text()


def file(every_year: object = (), **years: object) -> str:
    return json.dumps({"every_year": every_year, "years": {name.strip("_"): year for name, year in years.items()}})


def test_the_shipped_file_has_the_holidays_of_a_fixed_date_and_no_year() -> None:
    """全国年节及纪念日放假办法, as amended in 2024: the others move with the moon, and an office brings them."""
    calendar = read(SHIPPED)
    free = {"01-01", "05-01", "05-02", "10-01", "10-02", "10-03"}
    assert {f"{month:02}-{day:02}" for month, day in calendar.every_year} == free
    assert not calendar.years | calendar.holidays | calendar.make_up_days
    assert calendar.notice(date(2026, 6, 15))


def test_a_year_has_its_holidays_and_the_days_worked_instead() -> None:
    text = file(["10-01"], _2026={"holidays": ["2026-10-05"], "make_up_days": ["2026-10-10"]})
    calendar = read(text)
    assert [calendar.is_working(date(2026, 10, day)) for day in (1, 2, 5, 6, 10)] == [False, True, False, True, True]
    assert calendar.years == {2026}
    assert calendar.add(date(2026, 9, 30), 5) == date(2026, 10, 9)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "第1行不符合JSON格式"),
        ('{"every_year": [],\n"years": {}', "第2行"),
        ("[]", "缺少 every_year"),
        ("{}", "缺少 every_year"),
        ('{"every_year": []}', "缺少 years"),
        ('{"every_year": [], "years": []}', "缺少 years"),
        (file("10-01"), "缺少 every_year"),
        (file(["13-01"]), "“13-01”不是日期"),
        (file([1001]), "“1001”不是日期"),
        (file(_26={"holidays": [], "make_up_days": []}), "“26”不是年份"),
        (file(_2026=[]), "2026年缺少 holidays"),
        (file(_2026={"holidays": []}), "2026年缺少 make_up_days"),
        (file(_2026={"holidays": ["2026-02-30"], "make_up_days": []}), "“2026-02-30”不是日期"),
        (file(_2026={"holidays": ["2025-10-05"], "make_up_days": []}), "不在2026年"),
        (file(_2026={"holidays": [["2026-10-05"]], "make_up_days": []}), "不是日期"),
        (file(_2026={"holidays": [], "make_up_days": ["2026-10-09"]}), "不是周末"),
        (file(_2026={"holidays": ["2026-10-10"], "make_up_days": ["2026-10-10"]}), "既是放假又是上班"),
        (file(["10-10"], _2026={"holidays": [], "make_up_days": ["2026-10-10"]}), "既是放假又是上班"),
        ('{"every_year": [], "years": {"2026": {}, "2026": {}}}', "2026里有重复的一项"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_file_that_is_wrong_says_where(text: str, said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        read(text)
