"""How long things took, of many: what is usual, and how many kept to a limit."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """`counts` says of how many it took so many working days."""

    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def quantile(self, share: float) -> int | None:
        """The days within which at least this share was done (nearest rank); None of nothing."""
        done = 0
        for days in sorted(self.counts):
            done += self.counts[days]
            if done >= share * self.total:
                return days
        return None

    @property
    def median(self) -> int | None:
        return self.quantile(0.5)

    def within(self, days: int) -> int:
        """How many took no longer."""
        return sum(count for taken, count in self.counts.items() if taken <= days)
