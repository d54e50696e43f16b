from datetime import timedelta

import pytest

from renewal.services import Services
from renewal.store.attempts import Attempts
from renewal.store.models import Attempt
from tests.factories import NOON, at_once, stored

HOUR = 3600


@pytest.fixture
def attempts(services: Services) -> Attempts:
    return services.attempts


def test_tries_are_counted_for_each_key_alone(attempts):
    assert [attempts.add("a", HOUR) for _ in range(3)] == [1, 2, 3]
    assert [attempts.add("b", HOUR) for _ in range(2)] == [1, 2]
    assert (attempts.counted("a"), attempts.counted("b"), attempts.counted("c")) == (3, 2, 0)


def test_a_window_begins_with_the_first_try_and_no_later_one_prolongs_it(attempts, clock):
    attempts.add("a", HOUR)
    clock.go_on(minutes=59)
    attempts.add("a", HOUR)
    assert attempts.ends("a") == NOON + timedelta(hours=1)
    clock.go_on(minutes=1)
    assert attempts.counted("a") == 0
    assert attempts.ends("a") == clock()
    assert attempts.add("a", HOUR) == 1


def test_what_stands_in_the_table_tells_neither_address_nor_number(services, attempts):
    attempts.add("203.0.113.7/37010119800307001X", HOUR)
    (row,) = stored(services, Attempt)
    assert len(row.key) == 64
    assert set(row.key) <= set("0123456789abcdef")


def test_two_processes_over_one_database_share_their_counters(services, attempts):
    other = Attempts(services.database, services.sealer, services.now)
    assert [attempts.add("a", HOUR), other.add("a", HOUR), attempts.add("a", HOUR)] == [1, 2, 3]


def test_tries_at_the_same_moment_are_all_counted(services, attempts):
    def count() -> int:
        with services.database.transaction():
            return attempts.add("a", HOUR)

    assert sorted(at_once(services, *[count] * 6)) == [1, 2, 3, 4, 5, 6]


def test_what_has_expired_is_removed_now_and_then(services, attempts, clock):
    for key in ("a", "b", "c"):
        attempts.add(key, HOUR)
    attempts.add("d", 24 * HOUR)
    clock.go_on(hours=1)
    attempts.add("e", HOUR)
    assert len(stored(services, Attempt)) == 2


def test_a_counter_is_cleared_alone(attempts):
    for key in ("a", "b"):
        attempts.add(key, HOUR)
    attempts.clear("a")
    assert (attempts.counted("a"), attempts.counted("b")) == (0, 1)
