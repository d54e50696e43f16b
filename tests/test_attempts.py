import pytest
from limits import RateLimitItemPerHour

from renewal import attempts
from renewal.attempts import TooMany, Visitor
from renewal.services import Services
from renewal.store.attempts import Attempts
from renewal.store.database import Unavailable
from tests.engines import read_only
from tests.factories import at_once

TWICE, THRICE = RateLimitItemPerHour(2), RateLimitItemPerHour(3)
PHONE, NEIGHBOUR = Visitor("phone", "203.0.113.7"), Visitor("another phone", "203.0.113.7")


def both(visitor: Visitor):
    """Twice by each browser, three times by each address."""
    return attempts.counters(TWICE, THRICE, "verify", visitor)


def refused(services: Services, visitor: Visitor) -> int:
    """Seconds until the next try, or 0 when this one was taken."""
    try:
        attempts.count(services, both(visitor))
    except TooMany as too_many:
        return too_many.seconds
    return 0


def test_tries_within_the_limit_are_taken_and_the_next_one_is_told_when(services, clock):
    assert [refused(services, PHONE) for _ in range(2)] == [0, 0]
    clock.go_on(minutes=20)
    assert refused(services, PHONE) == 40 * 60
    clock.go_on(minutes=40)
    assert refused(services, PHONE) == 0


def test_what_is_refused_to_one_browser_uses_up_nothing_of_its_address(services):
    for _ in range(50):
        refused(services, PHONE)
    assert refused(services, NEIGHBOUR) == 0
    assert refused(services, NEIGHBOUR) > 0


def test_it_is_known_once_that_an_address_is_refused(services):
    first = []
    for visitor in [PHONE] * 3 + [NEIGHBOUR] + [Visitor("a third phone", PHONE.address)] * 2:
        try:
            attempts.count(services, both(visitor))
        except TooMany as too_many:
            first.append(too_many.first)
    assert first == [False, True, False]


def test_who_is_refused_and_goes_on_trying_does_not_wait_longer(services, clock):
    for _ in range(10):
        refused(services, PHONE)
        clock.go_on(minutes=5)
    assert refused(services, PHONE) == 10 * 60


def test_an_address_that_is_nobodys_own_is_not_counted(services):
    (counter,) = attempts.counters(TWICE, THRICE, "verify", Visitor("phone", ""), "number")
    assert (counter.limit, counter.key) == (TWICE, ("verify", "device", "phone", "number"))


def test_what_is_left_is_what_every_counter_allows(services):
    assert attempts.left(services, both(PHONE)) == 2
    for visitor in (NEIGHBOUR, NEIGHBOUR):
        attempts.count(services, both(visitor))
    assert attempts.left(services, both(PHONE)) == 1


def test_what_is_forgotten_begins_anew(services):
    attempts.count(services, both(PHONE))
    with services.database.transaction():
        attempts.forget(services, both(PHONE))
    assert attempts.left(services, both(PHONE)) == 2


def test_of_many_at_once_no_more_are_taken_than_allowed(services):
    outcomes = at_once(services, *[lambda: refused(services, PHONE)] * 8)
    assert outcomes.count(0) == 2


def test_a_try_is_counted_for_all_processes_before_it_is_answered(services):
    attempts.count(services, both(PHONE))
    (counter, _) = both(PHONE)
    assert Attempts(services.database, services.sealer, services.now).get(counter.stored) == 1


def test_a_database_that_does_not_write_takes_no_try(services):
    attempts.left(services, both(PHONE))
    with read_only(services), pytest.raises(Unavailable):
        attempts.count(services, both(PHONE))
