"""All that one office decided: who it is, its rules, its words, its holidays."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from renewal.domain.calendar import WEEKENDS, WorkingCalendar
from renewal.domain.defects import REASONS
from renewal.domain.notice import CLAUSES, Clause
from renewal.domain.office import Office
from renewal.domain.policy import Policy

OFF, WORKED = "off", "worked"


def _shipped() -> dict[str, tuple[Clause, ...]]:
    return {clause.id: (clause,) for clause in CLAUSES} | {"more": ()}


@dataclass(frozen=True)
class Decided:
    """`notice` holds by name the clauses of 注册须知, in order, and under `more` those an office adds; `reasons` the
    ready-made ones by field; `holidays` the days off as `2026_off` and the weekends worked as `2026_worked`, for
    every year whose announcement is known, beside the (month, day) free in `every_year`."""

    office: Office = field(default_factory=Office)
    policy: Policy = field(default_factory=Policy)
    notice: Mapping[str, tuple[Clause, ...]] = field(default_factory=_shipped)
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=REASONS.copy)
    holidays: Mapping[str, frozenset[date]] = field(default_factory=dict)
    every_year: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(chain.from_iterable(self.notice.values()))

    @cached_property
    def calendar(self) -> WorkingCalendar:
        off, worked = (
            frozenset(chain.from_iterable(days for name, days in self.holidays.items() if name.endswith(which)))
            for which in (OFF, WORKED)
        )
        return WorkingCalendar(off, worked, self.every_year, frozenset(int(name[:4]) for name in self.holidays))


def holidays_of(calendar: WorkingCalendar = WEEKENDS) -> dict[str, frozenset[date]]:
    """Of each year that a calendar knows."""
    listed = {OFF: calendar.holidays, WORKED: calendar.make_up_days}
    return {
        f"{year}_{which}": frozenset(day for day in days if day.year == year)
        for year in calendar.years
        for which, days in listed.items()
    }
