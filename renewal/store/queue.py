"""Cases as the office lists, counts and walks through them: masks, and nothing is unsealed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from peewee import JOIN, Select, fn

from renewal.domain.application import Status
from renewal.domain.search import MASKS, sought
from renewal.store import models
from renewal.store.database import Database, Store
from renewal.store.filters import Filter, Search, condition, selfie_kept, to_be_verified
from renewal.store.ordering import ORDERINGS
from renewal.store.sealed import Sealer

PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list; `clerk` is empty while nobody has claimed it."""

    number: str
    version: int
    status: Status
    name_mask: str
    id_mask: str
    employer: str
    specialties: tuple[str, ...]
    submitted_at: datetime
    submissions: int
    deadline: date | None
    clerk: str
    conflict: bool
    selfie: bool
    to_be_verified: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of `total` cases; pages count from 1."""

    lines: list[Line]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Numbers of the cases before and after one, empty at the ends."""

    previous: str
    next: str


class Queue(Store):
    def __init__(self, database: Database, sealer: Sealer, now: Callable[[], datetime]) -> None:
        super().__init__(database, sealer)
        self._now = now

    def search(self, text: str) -> Search | None:
        """What to look for when this was typed."""
        found = sought(text)
        if found is None:
            return None
        if found.kind not in MASKS:
            return Search(found.kind, found.text, found.text)
        return Search(found.kind, self._sealer.index(found.kind, found.text), MASKS[found.kind](found.text))

    def sheet(self, asked: Filter, page: int) -> Sheet:
        """That page, or the last one there is."""
        with self._database.snapshot():
            total = self.counts({"total": asked})["total"]
            page = max(1, min(page, -(-total // PAGE)))
            return Sheet(self._lines(self._ids(asked, total, (page - 1) * PAGE)), total, page)

    def counts(self, asked: Mapping[str, Filter]) -> dict[str, int]:
        """How many cases each filter means, by one query."""
        counted = [self._select(one, fn.COUNT(models.Application.id)).alias(name) for name, one in asked.items()]
        counts: dict[str, int] = self._database.row(Select(columns=counted).dicts()) or {}
        return counts

    def all_ids(self, asked: Filter) -> list[int]:
        """Of every case that the filter means now, in its order."""
        query = self._select(asked, models.Application.id).order_by(*ORDERINGS[asked.sort].forward)
        return [found for (found,) in self._database.rows(query.tuples())]

    def oldest(self, asked: Filter) -> datetime | None:
        """When the first of these cases was submitted."""
        row = self._database.row(
            self._select(asked, models.Application.submitted_at).order_by(models.Application.submitted_at)
        )
        return row.submitted_at if row else None

    def neighbours(self, asked: Filter, application_id: int) -> Neighbours:
        """What stands beside a case in the list of this filter, even where it has left that list itself: ask before
        a move which one comes next, for with the move its deadline changes, too."""
        row = models.Application
        here = self._database.row(row.select(row.id, row.deadline, row.employer).where(row.id == application_id))
        if here is None:
            return Neighbours("", "")
        order = ORDERINGS[asked.sort]
        return Neighbours(
            self._first(asked, order.before(here), order.backward), self._first(asked, order.after(here), order.forward)
        )

    def _first(self, asked: Filter, where: Any, order: tuple[Any, ...]) -> str:
        query = self._select(asked, models.Application.number).where(where).order_by(*order)
        found = self._database.row(query)
        return found.number if found else ""

    def _ids(self, asked: Filter, total: int, start: int) -> list[int]:
        """Alone first: an index gives them, and counts from the nearer end how many are passed over."""
        size, order = min(PAGE, total - start), ORDERINGS[asked.sort]
        ids = self._select(asked, models.Application.id)
        if start * 2 <= total:
            found = ids.order_by(*order.forward).offset(start).limit(size)
            return [row.id for row in self._database.rows(found)]
        found = ids.order_by(*order.backward).offset(total - start - size).limit(size)
        return [row.id for row in self._database.rows(found)][::-1]

    def _select(self, asked: Filter, *columns: Any) -> Any:
        return models.Application.select(*columns).where(condition(asked, self._now()))

    def _lines(self, ids: list[int]) -> list[Line]:
        row, clerk = models.Application, models.Staff
        query = (
            row.select(
                row,
                fn.COALESCE(clerk.name, "").alias("claimed_by"),
                selfie_kept().alias("selfie"),
                to_be_verified().alias("unverified"),
            )
            .join(clerk, JOIN.LEFT_OUTER)
            .where(row.id.in_(ids))
        )
        lines = {found.id: _line(found) for found in self._database.rows(query)}
        return [lines[one] for one in ids if one in lines]


def _line(row: Any) -> Line:
    return Line(
        number=row.number or "",
        version=row.version,
        status=Status(row.status),
        name_mask=row.name_mask,
        id_mask=row.id_mask,
        employer=row.employer,
        specialties=tuple(filter(None, (row.specialty_1, row.specialty_2))),
        submitted_at=row.submitted_at,
        submissions=row.submissions,
        deadline=date.fromisoformat(row.deadline) if row.deadline else None,
        clerk=row.claimed_by,
        conflict=bool(row.conflict),
        selfie=bool(row.selfie),
        to_be_verified=bool(row.unverified),
    )
