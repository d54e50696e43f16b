from datetime import date

import pytest

from renewal.domain.decided import Decided
from renewal.forms.holidays import section, setting


def decided(off: str, worked: str) -> Decided:
    made = Decided(every_year=frozenset({(10, 3)}))
    for which, text in {"off": off, "worked": worked}.items():
        found = setting(f"holidays.2026_{which}")
        assert found
        made = found.put(made, found.kind.read(text)) if text else made
    return made


def test_all_years_since_the_first_are_asked_for_the_last_one_first() -> None:
    assert [each.label for each in section(2027).settings] == [
        "2027年放假的日子",
        "2027年上班的周末",
        "2026年放假的日子",
        "2026年上班的周末",
    ]


def test_what_is_announced_counts() -> None:
    calendar = decided("10月1日至7日", "9月20日、10月10日").calendar
    assert calendar.add(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert calendar.is_working(date(2026, 10, 10))
    assert calendar.years == {2026}


@pytest.mark.parametrize(
    ("off", "worked", "wrong"),
    [
        ("10月1日至7日", "10月10日", {}),
        ("10月1日至10日", "10月10日", {"holidays.2026_worked": "10月10日既是放假又是上班。"}),
        ("10月1日", "10月3日", {"holidays.2026_worked": "10月3日既是放假又是上班。"}),
        ("10月1日", "10月9日", {"holidays.2026_worked": "10月9日不是周末，不用写在上班的日子里。"}),
        ("", "10月10日", {"holidays.2026_off": "请把2026年放假的日子也填上。"}),
    ],
)
def test_days_off_and_worked_agree(off: str, worked: str, wrong: dict[str, str]) -> None:
    assert section(2026).check(decided(off, worked)) == wrong
