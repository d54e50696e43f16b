from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain.dates import add_years, birth_date, graduation_date, parse_date, show
from renewal.domain.errors import InvalidValue
from tests.domain.strategies import SLOW_MACHINE, TODAY, days, full_width, is_read_or_refused_in_words


@pytest.mark.parametrize(
    "typed",
    [
        "2003-07-01",
        "2003/07/01",
        "2003/7/1",
        "2003.7.1",
        "2003年7月1日",
        "2003年07月01号",
        "2003 年 7 月 1 日",
        "2003 7 1",
        "20030701",
        "２００３／０７／０１",
        "２００３年７月１日",
        " 2003－07－01\u200b",
    ],
)
def test_a_date_may_be_typed_in_any_usual_way(typed: str) -> None:
    assert parse_date(typed) == date(2003, 7, 1)


@given(days)
@settings(**SLOW_MACHINE)
def test_a_date_shown_is_read_back(day: date) -> None:
    assert parse_date(show(day)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(full_width(f"{day:%Y%m%d}")) == day


def test_a_date_is_shown_as_in_the_manual() -> None:
    assert show(date(2023, 8, 15)) == "2023/08/15"


@pytest.mark.parametrize(
    "typed", ["", "2003", "2003/07", "03-07-01", "07/01/2003", "明天", "2003-07-01T00:00", "٢٠٠٣-٠٧-٠١"]
)
def test_something_else_is_answered_with_an_example(typed: str) -> None:
    with pytest.raises(InvalidValue, match="例如 20030701 或 2003/07/01"):
        parse_date(typed)


@pytest.mark.parametrize("typed", ["2003-02-29", "2003-13-01", "2003-00-10", "20030431", "2003/1/0"])
def test_a_day_that_does_not_exist_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValue, match="这一天，请核对"):
        parse_date(typed)


@pytest.mark.parametrize("typed", ["1899-12-31", "2101-01-01", "0000-00-00", "9999-12-31"])
def test_a_year_out_of_all_reason_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValue, match="1900到2100"):
        parse_date(typed)


@given(st.text(max_size=14))
@settings(**SLOW_MACHINE)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    assert is_read_or_refused_in_words(parse_date, text)


def test_a_birth_date_may_be_today_but_not_later() -> None:
    assert birth_date(show(TODAY), TODAY) == TODAY
    with pytest.raises(InvalidValue, match="出生日期晚于今天"):
        birth_date(show(TODAY + timedelta(days=1)), TODAY)


def test_a_birth_date_starts_in_1900() -> None:
    assert birth_date("1900-01-01", TODAY) == date(1900, 1, 1)
    with pytest.raises(InvalidValue):
        birth_date("1899-12-31", TODAY)


def test_the_manuals_sample_of_a_graduation_is_taken() -> None:
    assert graduation_date("2023/08/15", date(1997, 1, 1), TODAY) == date(2023, 8, 15)


def test_graduation_comes_after_the_fifteenth_birthday() -> None:
    assert graduation_date("2012-01-02", date(1997, 1, 1), TODAY) == date(2012, 1, 2)
    with pytest.raises(InvalidValue, match="15周岁"):
        graduation_date("2012-01-01", date(1997, 1, 1), TODAY)


def test_graduation_is_not_in_the_future() -> None:
    assert graduation_date(show(TODAY), date(1997, 1, 1), TODAY) == TODAY
    with pytest.raises(InvalidValue, match="毕业时间晚于今天"):
        graduation_date(show(TODAY + timedelta(days=1)), date(1997, 1, 1), TODAY)


def test_graduation_is_taken_when_the_birth_date_is_unknown() -> None:
    assert graduation_date("1950-07-01", None, TODAY) == date(1950, 7, 1)


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2026, 6, 15), 3, date(2029, 6, 15)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2023, 2, 28), 1, date(2024, 2, 28)),
    ],
)
def test_years_are_added_by_the_calendar(day: date, years: int, expected: date) -> None:
    assert add_years(day, years) == expected


@given(days, st.integers(0, 60))
@settings(**SLOW_MACHINE)
def test_adding_years_keeps_the_order_of_days(day: date, years: int) -> None:
    assert add_years(day, years) <= add_years(day + timedelta(days=1), years)
    assert add_years(day, years).year == day.year + years
