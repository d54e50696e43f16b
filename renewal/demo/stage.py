"""Where the demonstration is played: the house's own services, by a clock that is moved from act to act."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from renewal.demo.heads import Look
from renewal.demo.people import Employer, Person
from renewal.domain.policy import Policy
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.staff import Member


class Clock:
    """Shows the moment that it was set to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment


@dataclass(slots=True)
class Case:
    """Somebody's application: how they look, what they fill in wrong at first, and its `id` once it is handed in."""

    person: Person
    look: Look
    method: str = "counter"
    flaws: Sequence[str] = ()
    id: int = 0
    clerk: Member | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    services: Services
    clock: Clock
    random: Random
    employers: Sequence[Employer]
    clerks: list[Member] = field(default_factory=list)

    @classmethod
    def over(cls, services: Services, clock: Clock, random: Random, employers: Sequence[Employer]) -> "Stage":
        """The same data, by that clock, under the rules of the manual: every move is shown."""
        moved = Services.over(services.database, services.sealer, clock, Policy(), services.calendar)
        return cls(moved, clock, random, employers)

    def application(self, case: Case) -> Application:
        """As it stands."""
        return self.services.applications.get(case.id)

    def clerk_of(self, case: Case) -> Member:
        """Whoever took it up first."""
        case.clerk = case.clerk or self.random.choice(self.clerks)
        return case.clerk
