from datetime import UTC, datetime, timedelta

import pytest

from renewal.domain import sms
from renewal.domain.application import Status
from renewal.domain.sms import PARAMETERS, TOLD, Kind


def at(text: str) -> datetime:
    """On the clock on the wall in China."""
    return datetime.fromisoformat(f"2026-06-15T{text}+08:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("time", "quiet"),
    [("20:59:59", False), ("21:00:00", True), ("00:00:00", True), ("07:59:59", True), ("08:00:00", False)],
)
def test_nobody_is_disturbed_from_nine_to_eight(time: str, quiet: bool) -> None:
    assert sms.is_quiet(at(time)) is quiet


@pytest.mark.parametrize("time", ["00:00:00", "07:00:00", "23:59:59"])
def test_the_day_is_chinas(time: str) -> None:
    assert sms.day_began(at(time)) == at("00:00:00")
    assert sms.next_morning(at(time)) == at("08:00:00") + timedelta(days=1)


def test_each_try_waits_longer_up_to_an_hour_and_by_chance() -> None:
    waits = [[sms.wait(tries) for _ in range(200)] for tries in range(1, 12)]
    for tries, some in enumerate(waits):
        middle = min(timedelta(minutes=2**tries), timedelta(hours=1))
        assert min(some) >= middle / 2
        assert max(some) <= middle * 1.5
        assert len(set(some)) > 100


def test_no_message_says_more_than_the_end_of_a_number() -> None:
    assert sms.tail("YX20260615000123") == "0123"
    said = set().union(*(PARAMETERS[kind] for kind in Kind))
    assert said == {"code", "minutes", "tail", "link", "result", "days"}


def test_whoever_applies_is_told_of_every_move_of_the_office_that_asks_or_ends_something() -> None:
    assert TOLD.keys() == {Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED, Status.APPROVED, Status.DECLINED}


def test_a_code_is_good_for_ten_minutes_and_news_for_three_days() -> None:
    assert {kind: sms.lasts(kind) for kind in Kind} == {
        kind: timedelta(minutes=10) if kind is Kind.CODE else timedelta(days=3) for kind in Kind
    }
