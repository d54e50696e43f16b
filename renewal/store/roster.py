"""Who is registered: one generation at a time, found by the keyed hash of an ID number, or by the day it ends."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from peewee import fn

from renewal.domain.application import OPEN, Status
from renewal.domain.clock import china_day
from renewal.store.database import Store
from renewal.store.models import Application, RosterHead, RosterPerson

PAGE = 50
APPLIED = (*(status for status in Status if status in OPEN), Status.APPROVED)
A_RENEWAL_AGO = timedelta(days=365)
"""What was granted before belongs to the renewal before: one is valid for three years."""


class Order(StrEnum):
    SOONEST = "soonest"
    LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Registered:
    """`record` holds what the roster says, by the names of the details form and of `forms.roster`."""

    id: int
    record: Mapping[str, str]
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Expiring:
    """Whose registration ends from `since` to `until`, both included, and who has not applied since `applied_since`:
    no case of theirs is open, and none was granted."""

    since: date
    until: date
    applied_since: datetime
    order: Order = Order.SOONEST


def expiring_within(days: int, now: datetime, order: Order = Order.SOONEST) -> Expiring:
    """From today on."""
    today = china_day(now)
    return Expiring(today, today + timedelta(days=days), now - A_RENEWAL_AGO, order)


class Roster(Store):
    """Every query asks for the generation of the head in the same statement: two are never mixed."""

    def person(self, id_number: str) -> Registered | None:
        """What the roster says of this ID number. Only for the office, and for whoever is verified to be that
        person. Raises Unsealable."""
        index = self._sealer.index("id_number", id_number)
        found = self._database.row(self._select(RosterPerson).where(RosterPerson.id_index == index))
        return self._registered(found) if found else None

    def exists(self) -> bool:
        return self._database.row(self._select(RosterPerson.id)) is not None

    def count(self, asked: Expiring) -> int:
        return self._database.count(self._expiring(asked, RosterPerson.id))

    def page(self, asked: Expiring, page: int) -> list[Registered]:
        """Up to PAGE people; pages count from 1."""
        found = self._expiring(asked, RosterPerson.id).order_by(*_ordered(asked)).offset((page - 1) * PAGE).limit(PAGE)
        return self._people([row.id for row in self._database.rows(found)])

    def all(self, asked: Expiring) -> Iterator[list[Registered]]:
        """Everybody in pages, for a file: ids first, all of the same moment, so that none stands there twice."""
        ids = [row.id for row in self._database.rows(self._expiring(asked, RosterPerson.id).order_by(*_ordered(asked)))]
        for start in range(0, len(ids), PAGE):
            yield self._people(ids[start : start + PAGE])

    def _people(self, ids: list[int]) -> list[Registered]:
        found = {row.id: row for row in self._database.rows(RosterPerson.select().where(RosterPerson.id.in_(ids)))}
        return [self._registered(found[one]) for one in ids if one in found]

    def _select(self, *columns: Any) -> Any:
        head = RosterHead.select(RosterHead.current).where(RosterHead.id == 1)
        return RosterPerson.select(*columns).where(RosterPerson.generation == head)

    def _expiring(self, asked: Expiring, *columns: Any) -> Any:
        applied = Application.select(Application.id).where(
            Application.id_index == RosterPerson.id_index,
            Application.status.in_(APPLIED),
            Application.submitted_at >= asked.applied_since,
        )
        days = RosterPerson.valid_until.between(asked.since.isoformat(), asked.until.isoformat())
        return self._select(*columns).where(days, ~fn.EXISTS(applied))

    def _registered(self, row: Any) -> Registered:
        record = self._sealer.unseal_json(row.sealed, context_of(row.generation_id, row.id_index))
        return Registered(row.id, record, date.fromisoformat(row.valid_until) if row.valid_until else None)


def context_of(generation: int, id_index: str) -> str:
    """What a person of the roster is sealed to."""
    return f"roster:{generation}:{id_index}"


def _ordered(asked: Expiring) -> tuple[Any, ...]:
    """Total, as it stands in the index."""
    row = RosterPerson
    if asked.order is Order.LATEST:
        return row.valid_until.desc(), row.id.desc()
    return row.valid_until.asc(), row.id.asc()
