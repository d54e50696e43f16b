from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.domain.day_list import parse, show
from renewal.domain.errors import InvalidValue


def october(*days: int) -> frozenset[date]:
    return frozenset(date(2026, 10, day) for day in days)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", october()),
        ("10月1日", october(1)),
        ("10-01、2026-10-02，2026/10/3 10.4", october(1, 2, 3, 4)),
        ("１０月１日至３日", october(1, 2, 3)),
        ("10月1日 至 10月3日", october(1, 2, 3)),
        ("10月1日（周四）至3日（周六）放假调休，共3天。10月10日（周六）上班", october(1, 2, 3, 10)),
        ("9月30日至10月1日", october(1) | {date(2026, 9, 30)}),
    ],
)
def test_days_are_read_as_the_notice_has_them(text: str, days: frozenset[date]) -> None:
    assert parse(text, 2026) == days


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("国庆", "“国庆”不是日期"),
        ("1日", "“1日”不是日期"),
        ("2月30日", "没有的日子"),
        ("2025年10月1日", "不在2026年"),
        ("10月7日至1日", "结束日应晚于开始日"),
        ("10月1日至2027年1月1日", "不在2026年"),
        ("10月1日至3日至5日", "不是日期"),
    ],
)
def test_what_is_no_day_of_that_year_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        parse(text, 2026)


@given(st.frozensets(st.dates(date(2028, 1, 1), date(2028, 12, 31)), max_size=40))
def test_what_is_shown_reads_as_the_same_days(days: frozenset[date]) -> None:
    assert parse(show(days), 2028) == days


def test_days_that_follow_one_another_are_a_period() -> None:
    assert show([date(2026, 9, 30) + timedelta(days=n) for n in (0, 1, 5, 6, 7, 20)]) == (
        "9月30日至10月1日、10月5日至7日、10月20日"
    )


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    with suppress(InvalidValue):
        assert all(day.year == 2026 for day in parse(text, 2026))
