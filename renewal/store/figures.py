"""What the statistics count, by grouped queries that indexes answer: nothing is unsealed, and nobody is in it."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from peewee import fn

from renewal.domain.application import Status
from renewal.domain.clock import CHINA
from renewal.store.database import Store
from renewal.store.event_log import MOVE, UNDO
from renewal.store.models import Application, Defect, Event

Days = tuple[date, date]


class Figures(Store):
    """All of what happened on the day `since` and after, by the clock in China."""

    def statuses(self, since: date) -> Counter[Status]:
        """How the cases stand now that were first handed in since."""
        row = Application
        query = row.select(row.status, fn.COUNT(1)).where(row.submitted_at >= datetime.combine(since, time(), CHINA))
        return Counter({Status(status): number for status, number in self._counted(query.group_by(row.status))})

    def handed_in(self, since: date) -> Counter[date]:
        """How many cases were first handed in on each day."""
        row = Event
        query = row.select(row.day, fn.COUNT(1)).where(
            *_moves(row, since, {Status.SUBMITTED}), row.source == Status.DRAFT
        )
        return Counter({date.fromisoformat(day): number for day, number in self._counted(query.group_by(row.day))})

    def stays(self, of: Collection[Status], to: Collection[Status], since: date) -> Counter[Days]:
        """How many cases moved from one of the statuses `of` on `to` another since, by the days they had come into the
        one and left it. What was taken back does not count."""
        left, came, undone = Event.alias(), Event.alias(), Event.alias()
        into_it = (came.application == left.application) & (came.action == MOVE) & (came.target == left.source)
        last = came.select(fn.MAX(came.day)).where(into_it, came.day <= left.day)
        back = undone.select(left.id).join(
            left, on=(left.application == undone.application) & (left.version == undone.version - 1)
        )
        back = back.where(undone.action == UNDO, left.action == MOVE)
        stayed = left.select(last.alias("came"), left.day.alias("left"))
        stayed = stayed.where(*_moves(left, since, to), left.source.in_(of), left.id.not_in(back)).alias("stayed")
        query = Event.select(stayed.c.came, stayed.c.left, fn.COUNT(1)).from_(stayed)
        rows = self._counted(query.group_by(stayed.c.came, stayed.c.left))
        return Counter({(date.fromisoformat(came), date.fromisoformat(left)): number for came, left, number in rows})

    def returned(self, since: date) -> int:
        """How many submissions were returned, of the cases that were returned since."""
        each = _defects(since).select(Defect.application, Defect.position).distinct().alias("each")
        ((number,),) = self._counted(Defect.select(fn.COUNT(1)).from_(each))
        return int(number)

    def defects(self, since: date) -> Counter[str]:
        """In how many of them each field was wrong."""
        by_field = _defects(since).select(Defect.field, fn.COUNT(Defect.id)).group_by(Defect.field)
        return Counter(dict(self._counted(by_field)))

    def _counted(self, query: Any) -> list[tuple[Any, ...]]:
        return self._database.rows(query.tuples())


def _moves(row: Any, since: date, to: Collection[Status]) -> tuple[Any, ...]:
    return row.action == MOVE, row.target.in_(to), row.day >= since.isoformat()


def _defects(since: date) -> Any:
    returns = Event.select(Event.application).where(*_moves(Event, since, {Status.RETURNED}))
    return Defect.select().where(Defect.application.in_(returns))
