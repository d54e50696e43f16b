"""What the machine does by itself."""

import logging
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from threading import Event
from threading import enumerate as threads

import pytest

from renewal import duties
from renewal.domain.errors import InvalidValue
from renewal.domain.schedule import Daily, Every
from renewal.duties import DUTIES, Duty, Trouble, run_due, troubles
from renewal.services import Services
from tests.factories import NOON, Clock, at_once

NIGHTLY = Daily(time(3))


class Done:
    """A duty that counts how often it was run, and fails when told to."""

    def __init__(self, name: str = "purge", due: Daily | Every = NIGHTLY) -> None:
        self.runs: list[datetime] = []
        self.error: Exception | None = None
        self.duty = Duty(name, "清理到期数据", due, self)

    def __call__(self, services: Services) -> Mapping[str, int]:
        self.runs.append(services.now())
        if self.error:
            raise self.error
        return {"things": 3}


@pytest.fixture
def done() -> Done:
    return Done()


def look(services: Services, *duties: Done, holder: str = "a") -> None:
    run_due(services, holder, [one.duty for one in duties])


def test_a_daily_duty_is_done_once_a_day_whoever_looks(services: Services, clock: Clock, done: Done) -> None:
    clock.moment = datetime.fromisoformat("2026-06-15T02:50:00+08:00")
    for _ in range(3 * 24 * 6):
        look(services, done, holder="a")
        look(services, done, holder="b")
        clock.go_on(minutes=10)
    hours = [f"{run.astimezone(clock.moment.tzinfo):%d %H:%M}" for run in done.runs]
    assert hours == ["15 02:50", "15 03:00", "16 03:00", "17 03:00"]


def test_workers_that_look_in_the_same_moment_do_it_once(services: Services, done: Done) -> None:
    at_once(services, *[lambda n=n: look(services, done, holder=str(n)) for n in range(8)])
    assert len(done.runs) == 1


def test_days_that_the_machine_was_off_are_caught_up_once(services: Services, clock: Clock, done: Done) -> None:
    look(services, done)
    clock.go_on(days=9, hours=5)
    look(services, done)
    look(services, done)
    assert len(done.runs) == 2


def test_a_duty_of_every_few_minutes_is_done_so_often(services: Services, clock: Clock) -> None:
    done = Done(due=Every(15))
    for _ in range(60):
        look(services, done)
        clock.go_on(minutes=1)
    assert len(done.runs) == 4


def test_one_that_fails_stops_no_other_and_is_tried_again_later(services: Services, clock: Clock, done: Done) -> None:
    other = Done("backup")
    done.error = OSError("disk full")
    look(services, done, other)
    look(services, done, other)
    assert (len(done.runs), len(other.runs)) == (1, 1)
    done.error = None
    clock.go_on(minutes=5)
    look(services, done, other)
    look(services, done, other)
    assert (len(done.runs), len(other.runs)) == (2, 1)


def test_the_office_reads_what_failed_until_it_went_well(services: Services, clock: Clock, done: Done) -> None:
    done.error = InvalidValue("备份文件夹写不进去")
    look(services, done)
    assert troubles(services) == [Trouble("清理到期数据", 1, NOON + timedelta(minutes=5), "备份文件夹写不进去")]
    done.error = None
    clock.go_on(minutes=5)
    look(services, done)
    assert troubles(services) == []


def test_the_log_of_the_machine_says_where_it_failed_and_nobodys_data(services: Services, done: Done, caplog) -> None:
    done.error = ValueError("李春明 37010119800307001X")
    with caplog.at_level(logging.INFO):
        look(services, done)
    assert "duty purge: ValueError at" in caplog.text
    assert "test_duties.py" in caplog.text
    assert "李春明" not in caplog.text
    assert troubles(services)[0].words == ""


def test_a_lease_is_renewed_while_the_duty_lasts(services: Services, monkeypatch) -> None:
    """Its term passes twelve times over, and nobody else begins."""
    monkeypatch.setattr(duties, "TERM", timedelta(seconds=0.1))
    renewed = Event()
    monkeypatch.setattr(type(services.leases), "renew", lambda *_: renewed.set() or True)

    def run(services: Services) -> Mapping[str, int]:
        assert renewed.wait(10)
        return {}

    run_due(services, "a", [Duty("purge", "", Daily(time(3)), run)])
    assert services.leases.all()["purge"].done_at == NOON


def test_nothing_looks_before_a_server_asks_for_it(app) -> None:
    assert "duties" not in [thread.name for thread in threads()]


def test_duties_have_short_names_of_their_own() -> None:
    names = [duty.name for duty in DUTIES]
    assert len(set(names)) == len(names)
    assert all(0 < len(name) <= 20 for name in names)
    assert all(duty.label for duty in DUTIES)
