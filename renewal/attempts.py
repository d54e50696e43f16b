"""How often somebody may try something: counted, and committed, before anything else is done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from limits import RateLimitItem
from limits.strategies import FixedWindowRateLimiter

from renewal.services import Services


class TooMany(Exception):
    """The try is not taken; after `seconds` the next one is. `first` of those that one address is refused."""

    def __init__(self, seconds: int, first: bool) -> None:
        super().__init__(seconds)
        self.seconds, self.first = seconds, first


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who tries: a browser, and the address it comes from; an empty one is not the visitor's own."""

    device: str
    address: str


@dataclass(frozen=True, slots=True)
class Counter:
    """A limit and whose tries it counts: of what, by which kind, by whom."""

    limit: RateLimitItem
    key: tuple[str, ...]

    @property
    def stored(self) -> str:
        return self.limit.key_for(*self.key)


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
    with services.database.transaction(durable=False):
        used_up = next((each for each in on if not limiter.hit(each.limit, *each.key)), None)
        counted = services.attempts.get(used_up.stored) if used_up else 0
    if used_up:
        seconds = ceil(services.attempts.get_expiry(used_up.stored) - services.now().timestamp())
        raise TooMany(max(1, seconds), used_up.key[1] == "address" and counted == used_up.limit.amount + 1)


def left(services: Services, on: Iterable[Counter]) -> int:
    """How many more tries all of the counters allow."""
    limiter = FixedWindowRateLimiter(services.attempts)
    return min(limiter.get_window_stats(each.limit, *each.key).remaining for each in on)


def forget(services: Services, on: Iterable[Counter]) -> None:
    """Begin anew. Runs inside a transaction."""
    for each in on:
        services.attempts.clear(each.stored)
