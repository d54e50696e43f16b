"""How often somebody may try something: counted, and committed, before anything else is done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from limits import RateLimitItem
from limits.strategies import FixedWindowRateLimiter

from renewal.journey.services import Services


class TooMany(Exception):
    """The try is not taken; after `seconds` the next one is."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who tries: a browser, and the address it comes from; an empty one is not the visitor's own."""

    device: str
    address: str


@dataclass(frozen=True, slots=True)
class Counter:
    """A limit and whose tries it counts."""

    limit: RateLimitItem
    key: tuple[str, ...]


def counters(
    by_device: RateLimitItem, by_address: RateLimitItem, what: str, visitor: Visitor, *whom: str
) -> list[Counter]:
    """One counter for the browser and one for its address, the narrower first."""
    of_device = Counter(by_device, (what, "device", visitor.device, *whom))
    of_address = Counter(by_address, (what, "address", visitor.address, *whom))
    return [of_device, of_address] if visitor.address else [of_device]


def count(services: Services, on: Iterable[Counter]) -> None:
    """Count a try on each of the counters, up to the first that is used up: what is refused to one browser must not
    use up what is left to its neighbours at the same address. Raises TooMany."""
    limiter = FixedWindowRateLimiter(services.attempts)
    with services.database.transaction():
        used_up = next((each for each in on if not limiter.hit(each.limit, *each.key)), None)
    if used_up:
        again_at = limiter.get_window_stats(used_up.limit, *used_up.key).reset_time
        raise TooMany(max(1, ceil(again_at - services.now().timestamp())))


def left(services: Services, on: Iterable[Counter]) -> int:
    """How many more tries all of the counters allow."""
    limiter = FixedWindowRateLimiter(services.attempts)
    return min(limiter.get_window_stats(each.limit, *each.key).remaining for each in on)


def forget(services: Services, on: Iterable[Counter]) -> None:
    """Begin anew. Runs inside a transaction."""
    for each in on:
        services.attempts.clear(each.limit.key_for(*each.key))
