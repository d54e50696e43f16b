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


def by_both(limit: RateLimitItem, what: str, visitor: Visitor, *whom: str) -> list[Counter]:
    """One counter for the browser and one for its address, the narrower first."""
    kinds = (("device", visitor.device), ("address", visitor.address))
    return [Counter(limit, (what, kind, of, *whom)) for kind, of in kinds if of]


def count(services: Services, counters: Iterable[Counter]) -> None:
    """Count a try on each counter, up to the first that is used up: what is refused to one browser must not
    use up what is left to its neighbours at the same address. Raises TooMany."""
    limiter = FixedWindowRateLimiter(services.attempts)
    with services.database.transaction():
        used_up = next((each for each in counters if not limiter.hit(each.limit, *each.key)), None)
    if used_up:
        again_at = limiter.get_window_stats(used_up.limit, *used_up.key).reset_time
        raise TooMany(max(1, ceil(again_at - services.now().timestamp())))


def left(services: Services, counters: Iterable[Counter]) -> int:
    """How many more tries every one of the counters allows."""
    limiter = FixedWindowRateLimiter(services.attempts)
    return min(limiter.get_window_stats(each.limit, *each.key).remaining for each in counters)


def forget(services: Services, counters: Iterable[Counter]) -> None:
    """Begin anew. Runs inside a transaction."""
    for each in counters:
        services.attempts.clear(each.limit.key_for(*each.key))
