"""When what the machine does by itself is due: at an hour of every day in China, or again after some minutes."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Protocol

from renewal.domain.clock import CHINA


class Schedule(Protocol):
    def since(self, now: datetime) -> datetime:
        """The moment that a run must not have begun before, or it is due again."""


@dataclass(frozen=True, slots=True)
class Daily:
    """At `at` by the clock on the wall. A day that the machine slept through is caught up once, not as often as it
    was missed."""

    at: time

    def since(self, now: datetime) -> datetime:
        here = now.astimezone(CHINA)
        today = datetime.combine(here.date(), self.at, CHINA)
        return today if today <= here else today - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Every:
    minutes: int

    def since(self, now: datetime) -> datetime:
        return now - timedelta(minutes=self.minutes)
