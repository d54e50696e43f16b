import pytest
from limits import RateLimitItemPerHour
from limits.strategies import FixedWindowRateLimiter

from renewal.services import Services
from renewal.store.attempts import Attempts
from renewal.store.models import Attempt
from tests.factories import NOON, at_once, stored

HOUR = 3600


@pytest.fixture
def attempts(services: Services) -> Attempts:
    return services.attempts


def test_tries_are_counted_for_each_key_alone(attempts):
    assert [attempts.incr("a", HOUR) for _ in range(3)] == [1, 2, 3]
    assert attempts.incr("b", HOUR, 5) == 5
    assert (attempts.get("a"), attempts.get("b"), attempts.get("c")) == (3, 5, 0)


def test_a_window_begins_with_the_first_try_and_no_later_one_prolongs_it(attempts, clock):
    attempts.incr("a", HOUR)
    clock.go_on(minutes=59)
    attempts.incr("a", HOUR)
    assert attempts.get_expiry("a") == NOON.timestamp() + HOUR
    clock.go_on(minutes=1)
    assert attempts.get("a") == 0
    assert attempts.get_expiry("a") == clock().timestamp()
    assert attempts.incr("a", HOUR) == 1


def test_what_stands_in_the_table_tells_neither_address_nor_number(services, attempts):
    attempts.incr("203.0.113.7/37010119800307001X", HOUR)
    (row,) = stored(services, Attempt)
    assert len(row.key) == 64
    assert set(row.key) <= set("0123456789abcdef")


def test_two_processes_over_one_database_share_their_counters(services, attempts):
    other = Attempts(services.database, services.sealer, services.now)
    assert [attempts.incr("a", HOUR), other.incr("a", HOUR), attempts.incr("a", HOUR)] == [1, 2, 3]


def test_tries_at_the_same_moment_are_all_counted(services, attempts):
    def count() -> int:
        with services.database.transaction():
            return attempts.incr("a", HOUR)

    assert sorted(at_once(services, *[count] * 6)) == [1, 2, 3, 4, 5, 6]


def test_what_has_expired_is_removed_now_and_then(services, attempts, clock):
    for key in ("a", "b", "c"):
        attempts.incr(key, HOUR)
    attempts.incr("d", 24 * HOUR)
    clock.go_on(hours=1)
    attempts.incr("e", HOUR)
    assert len(stored(services, Attempt)) == 2


def test_a_counter_is_cleared_alone_and_all_are_at_once(attempts):
    for key in ("a", "b", "c"):
        attempts.incr(key, HOUR)
    attempts.clear("a")
    assert (attempts.get("a"), attempts.get("b")) == (0, 1)
    assert attempts.reset() == 2
    assert attempts.get("b") == 0
    assert attempts.check()


def test_the_library_limits_by_them(attempts, clock):
    limiter, twice = FixedWindowRateLimiter(attempts), RateLimitItemPerHour(2)
    assert [limiter.hit(twice, "verify", "phone") for _ in range(3)] == [True, True, False]
    assert limiter.hit(twice, "verify", "another phone")
    assert limiter.get_window_stats(twice, "verify", "phone") == (NOON.timestamp() + HOUR, 0)
    clock.go_on(hours=1)
    assert limiter.hit(twice, "verify", "phone")
