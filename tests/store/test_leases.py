"""One holder at a time, whoever asks: threads here, processes below, and one that is killed."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from renewal.services import Services
from renewal.store.leases import FIRST_WAIT, LONGEST_WAIT, SKEW, TERM, Lease
from tests.factories import NOON, Clock, at_once

SINCE = NOON - timedelta(hours=9)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def take(services: Services, clock: Clock) -> Callable[[str], bool]:
    return lambda holder: services.leases.acquire("purge", holder, clock(), SINCE)


def lease(services: Services) -> Lease:
    return services.leases.all()["purge"]


def test_of_many_at_once_one_gets_it(services: Services, take) -> None:
    got = at_once(services, *[lambda holder=f"{n}": take(holder) for n in range(8)])
    assert sorted(got) == [False] * 7 + [True]


def test_a_lease_of_something_else_does_not_matter(services: Services, take) -> None:
    assert take("a")
    assert services.leases.acquire("backup", "b", NOON, SINCE)


def test_what_was_done_is_not_done_again_until_it_is_due(services: Services, take) -> None:
    assert take("a")
    assert services.leases.done("purge", "a", NOON)
    assert not take("b")
    assert services.leases.acquire("purge", "b", NOON, NOON + timedelta(seconds=1))


def test_a_run_that_began_the_moment_it_was_due_counts(services: Services, take) -> None:
    assert take("a")
    services.leases.done("purge", "a", SINCE)
    assert not take("b")


def test_a_dead_holders_lease_runs_out(services: Services, clock: Clock, take) -> None:
    assert take("dead")
    clock.moment = NOON + TERM + SKEW
    assert not take("b")
    clock.go_on(seconds=1)
    assert take("b")


def test_a_clock_that_is_a_minute_ahead_takes_nothing_away(services: Services, clock: Clock, take) -> None:
    assert take("a")
    clock.moment = NOON + TERM + SKEW - timedelta(seconds=1)
    assert not take("ahead")
    assert services.leases.renew("purge", "a", NOON + TERM)


def test_a_lease_that_is_renewed_is_held_for_longer(services: Services, clock: Clock, take) -> None:
    assert take("a")
    for _ in range(5):
        clock.go_on(minutes=4)
        assert services.leases.renew("purge", "a", clock())
        assert not take("b")


def test_who_lost_it_changes_nothing(services: Services, clock: Clock, take) -> None:
    assert take("slept")
    clock.go_on(hours=1)
    assert take("b")
    leases = services.leases
    assert not leases.renew("purge", "slept", clock())
    assert not leases.done("purge", "slept", NOON)
    assert not leases.failed("purge", "slept", clock(), "")
    assert not leases.release("purge", "slept")
    assert lease(services) == Lease("purge")
    assert not take("c")


def test_what_is_released_is_anybodys(services: Services, take) -> None:
    assert take("a")
    assert services.leases.release("purge", "a")
    assert take("b")


def test_after_failures_longer_and_longer_nobody_tries(services: Services, clock: Clock, take) -> None:
    waits = []
    for _ in range(12):
        assert take("a")
        services.leases.failed("purge", "a", clock(), "磁盘满了")
        waits.append(lease(services).retry_at - clock())
        clock.moment += waits[-1] - timedelta(seconds=1)
        assert not take("b")
        clock.go_on(seconds=1)
    assert waits[:3] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT
    assert (lease(services).failures, lease(services).trouble) == (12, "磁盘满了")


def test_after_a_good_run_failures_are_forgotten(services: Services, clock: Clock, take) -> None:
    assert take("a")
    services.leases.failed("purge", "a", clock(), "磁盘满了")
    clock.go_on(hours=1)
    assert take("a")
    services.leases.done("purge", "a", clock())
    assert lease(services) == Lease("purge", done_at=clock())


RACE = """
import sys
from datetime import datetime, UTC, timedelta
from renewal.store.database import Database
from renewal.store.keys import Keys
from renewal.store.leases import Leases
from renewal.store.sealed import Sealer
leases = Leases(Database(sys.argv[1]), Sealer(Keys.fresh()))
print("ready", flush=True)
now = datetime.fromisoformat(sys.stdin.readline().strip())
for n in range(50):
    print(int(leases.acquire(str(n), sys.argv[2], now, now)), end="", flush=True)
if sys.argv[3] == "wait":
    sys.stdin.read()
"""


def _process(services: Services, holder: str, then: str = "end") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", RACE, services.database.url, holder, then]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_two_processes_that_race_for_fifty_leases_share_them(services: Services) -> None:
    racers = [_process(services, holder) for holder in ("a", "b")]
    for racer in racers:
        assert racer.stdout.readline() == "ready\n"
    for racer in racers:
        racer.stdin.write(f"{NOON.isoformat()}\n")
        racer.stdin.flush()
    got = [racer.communicate(timeout=30)[0] for racer in racers]
    assert [len(each) for each in got] == [50, 50]
    assert all({first, second} == {"0", "1"} for first, second in zip(*got, strict=True))


def test_what_a_killed_process_held_is_taken_once_its_time_is_over(services: Services) -> None:
    holder = _process(services, "killed", "wait")
    holder.stdin.write(f"{NOON.isoformat()}\n")
    holder.stdin.flush()
    assert holder.stdout.read(len("ready\n") + 50).endswith("1" * 50)
    holder.kill()
    holder.communicate()
    assert not services.leases.acquire("7", "b", NOON + TERM, NOON + TERM)
    late = NOON + TERM + SKEW + timedelta(seconds=1)
    assert services.leases.acquire("7", "b", late, late)
