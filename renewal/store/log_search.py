"""The log as an auditor reads it: filtered, a page at a time, the newest first or from the beginning on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import JOIN

from renewal.domain.actor import Actor, ActorKind
from renewal.store.database import Store
from renewal.store.models import Application, Event

PAGE = 1000  # rows in memory at a time


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is empty or None is not asked. `until` itself is not wanted any more, `who` is part of
    the actor's name, `subject` the number of a case or whom or what else something was done to; `target` is the
    status of a move."""

    since: datetime | None = None
    until: datetime | None = None
    who: str = ""
    action: str = ""
    target: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the log; `subject` is the number of the case, or what the row says."""

    sequence: int
    at: datetime
    actor: Actor
    action: str
    target: str
    subject: str
    reason: str
    hash: str


class LogSearch(Store):
    def newest(self, wanted: Wanted, before: int | None, limit: int) -> list[Entry]:
        """Up to `limit`, the newest first, of those before the row with this number."""
        older = [Event.sequence < before] if before else []
        return self._entries(wanted, *older, order=Event.sequence.desc(), limit=limit)

    def all_until(self, wanted: Wanted, last: int) -> Iterator[list[Entry]]:
        """All up to the row with this number, the oldest first, in pages: the log only grows, so that they fit
        together."""
        after = 0
        while page := self._entries(
            wanted, Event.sequence > after, Event.sequence <= last, order=Event.sequence, limit=PAGE
        ):
            yield page
            after = page[-1].sequence

    def _entries(self, wanted: Wanted, *conditions: Any, order: Any, limit: int) -> list[Entry]:
        query = Event.select(Event, Application.number.alias("number")).join(Application, JOIN.LEFT_OUTER)
        for condition in (*conditions, *_conditions(wanted, self._case(wanted.subject))):
            query = query.where(condition)
        return [_entry(row) for row in self._database.rows(query.order_by(order).limit(limit).objects())]

    def _case(self, number: str) -> int | None:
        found = self._database.row(Application.select(Application.id).where(Application.number == number))
        return found.id if found else None


def _conditions(wanted: Wanted, case: int | None) -> Iterator[Any]:
    if wanted.since:
        yield Event.at >= wanted.since
    if wanted.until:
        yield Event.at < wanted.until
    if wanted.who:
        yield Event.actor.contains(wanted.who)
    if wanted.action:
        yield Event.action == wanted.action
    if wanted.target:
        yield Event.target == wanted.target
    if wanted.subject:
        yield (Event.subject == wanted.subject) | ((Event.application == case) if case else False)


def _entry(row: Any) -> Entry:
    return Entry(
        sequence=row.sequence,
        at=row.at,
        actor=Actor(ActorKind(row.actor_kind), row.actor),
        action=row.action,
        target=row.target,
        subject=row.subject or row.number or "",
        reason=row.reason,
        hash=row.hash,
    )
