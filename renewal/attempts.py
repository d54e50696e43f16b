"""How often somebody may try something: counted, and committed, before anything else is done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from renewal.services import Services

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


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
class Limit:
    """So many tries in so many seconds, which begin with the first of them."""

    tries: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Counter:
    """A limit and whose tries it counts: of what, by which kind, by whom."""

    limit: Limit
    key: tuple[str, ...]

    @property
    def stored(self) -> str:
        """Somebody's tries of a minute and of a day are two counters."""
        return "/".join((*self.key, str(self.limit.seconds)))


def counters(by_device: Limit, by_address: Limit, what: str, visitor: Visitor, *whom: str) -> list[Counter]:
    """One counter for the browser and one for its address, the narrower first."""
    of_device = Counter(by_device, (what, "device", visitor.device, *whom))
    of_address = Counter(by_address, (what, "address", visitor.address, *whom))
    return [of_device, of_address] if visitor.address else [of_device]


def count(services: Services, on: Iterable[Counter]) -> None:
    """Count a try on each of the counters, up to the first that is used up: what is refused to one browser must not
    use up what is left to its neighbours at the same address. Raises TooMany."""
    used_up, counted = None, 0
    with services.database.transaction(durable=False):
        for each in on:
            counted = services.attempts.add(each.stored, each.limit.seconds)
            if counted > each.limit.tries:
                used_up = each
                break
    if used_up:
        seconds = ceil((services.attempts.ends(used_up.stored) - services.now()).total_seconds())
        raise TooMany(max(1, seconds), used_up.key[1] == "address" and counted == used_up.limit.tries + 1)


def left(services: Services, on: Iterable[Counter]) -> int:
    """How many more tries all of the counters allow."""
    return min(max(0, each.limit.tries - services.attempts.counted(each.stored)) for each in on)


def forget(services: Services, on: Iterable[Counter]) -> None:
    """Begin anew. Runs inside a transaction."""
    for each in on:
        services.attempts.clear(each.stored)
