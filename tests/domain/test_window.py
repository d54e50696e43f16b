from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from renewal.domain.window import renewal_closes, renewal_opens, renewed_until, window_rule, window_warning
from tests.domain.strategies import SLOW_MACHINE, days

EXPIRY = date(2026, 12, 31)
OPENS = date(2026, 10, 2)
CLOSES = date(2026, 12, 1)
ONE_DAY = timedelta(days=1)


def test_renewal_opens_ninety_and_closes_thirty_days_before_expiry() -> None:
    assert renewal_opens(EXPIRY, 90) == OPENS
    assert renewal_closes(EXPIRY, 30) == CLOSES


def test_an_office_may_set_other_days() -> None:
    assert renewal_opens(EXPIRY, days=60) == date(2026, 11, 1)
    assert renewal_closes(EXPIRY, days=0) == EXPIRY


def test_a_renewal_adds_three_years() -> None:
    assert renewed_until(EXPIRY) == date(2029, 12, 31)


def test_a_registration_that_ends_on_a_leap_day_is_renewed_to_the_end_of_february() -> None:
    assert renewed_until(date(2028, 2, 29)) == date(2031, 2, 28)


@pytest.mark.parametrize("today", [OPENS, OPENS + ONE_DAY, CLOSES - ONE_DAY, CLOSES])
def test_inside_the_window_nothing_is_said(today: date) -> None:
    assert window_warning(EXPIRY, today, 90, 30) is None


def test_the_day_before_the_window_opens_is_too_early() -> None:
    warning = window_warning(EXPIRY, OPENS - ONE_DAY, 90, 30)
    assert warning is not None
    assert "过早" in warning
    assert "2026/10/02至2026/12/01" in warning


@pytest.mark.parametrize("today", [CLOSES + ONE_DAY, EXPIRY])
def test_after_the_window_until_expiry_the_person_is_told_to_hurry(today: date) -> None:
    warning = window_warning(EXPIRY, today, 90, 30)
    assert warning is not None
    assert "2026/12/01以前" in warning
    assert "尽快联系办公室" in warning


def test_after_expiry_only_an_initial_registration_is_possible() -> None:
    warning = window_warning(EXPIRY, EXPIRY + ONE_DAY, 90, 30)
    assert warning is not None
    assert "初始注册" in warning
    assert "2026/12/31" in warning


@given(days, st.integers(31, 200), st.integers(0, 30))
@settings(**SLOW_MACHINE)
def test_silence_lasts_from_the_first_to_the_last_day(expiry: date, opens: int, closes: int) -> None:
    silent = [
        before for before in range(-2, 203) if not window_warning(expiry, expiry - timedelta(before), opens, closes)
    ]
    assert silent == list(range(closes, opens + 1))


def test_the_rule_names_the_days_the_window_is_counted_by() -> None:
    rule = window_rule(60, 20)
    assert "届满前60日起" in rule
    assert "届满20日前" in rule
