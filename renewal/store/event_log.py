"""What happened to the cases and in the office: append-only, one chain over all of it, its end anchored beside it.

Each row's keyed hash covers the row and the hash before it. The end stands in `chain_head` under a keyed seal; each
case holds the hash of its last event, which covers status and version. `audit.verify` asks all of it.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from renewal.domain.actor import Actor, ActorKind
from renewal.domain.application import Status
from renewal.domain.clock import china_day
from renewal.store import models
from renewal.store.database import Store
from renewal.store.head import BEGINNING, Head

MOVE, UNDO, CONTENT_DELETED, OWN_DATA_DELETED = "move", "undo", "content_deleted", "own_data_deleted"
CLAIM, TAKE_OVER, GIVE_BACK = "claim", "take_over", "give_back"
PERSON_VERIFIED, FACE_VERIFIED = "person_verified", "face_verified"
"""Seen at the counter, or by a provider: nothing else makes a case's person known."""
COVERED = (
    "sequence",
    "application",
    "version",
    "action",
    "actor_kind",
    "actor",
    "source",
    "target",
    "reason",
    "deadline",
    "evidence",
    "previous_hash",
)
"""Columns under a row's hash, beside its moment, from which its day follows, and the subject, which rows of a case have
none of."""
WORDLESS = {"reason": "内容已删除"}
NAMELESS = {"actor": "单位"}
"""What stands in a row instead of words and, where an employer acted, of its name, once the case is not kept any more.
The row's hash stays and covers them still: who has the words on paper can have it asked whether they were these."""


class LogBroken(RuntimeError):
    """The end of the log is not where it was left. Nothing is appended, for that would cover it up."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing done to a case; `version` is the case's after it, `deadline` the day by which the law wants the
    next move, `evidence` the digest of what was handed in, or returned, with it. What does not move the case has the
    same `source` and `target`. The log sets the last three."""

    application_id: int
    version: int
    action: str
    actor: Actor
    source: Status
    target: Status
    at: datetime
    reason: str = ""
    deadline: date | None = None
    evidence: str = ""
    sequence: int = 0
    previous_hash: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody did beside the moves of a case: signed in, read personal data, added an account.

    `subject` is to whom or what, up to 64 characters: a case's number, a member's name; `reason` is for people."""

    actor: Actor
    action: str
    at: datetime
    subject: str
    reason: str = ""


class EventLog(Store):
    def append(self, event: Event) -> Event:
        """The event as it stands in the chain now. Runs inside a transaction. Raises LogBroken."""
        chained = self._chain(columns_of(event))
        return replace(event, **{name: chained[name] for name in ("sequence", "previous_hash", "hash")})

    def act(self, act: Act) -> None:
        """Append what was done beside a case. Raises LogBroken."""
        with self._database.transaction():
            self._chain(columns_of_act(act))

    def acts(self, subject: str) -> list[Act]:
        """What was done to a subject, the oldest first."""
        rows = models.Event.select().where(models.Event.subject == subject).order_by(models.Event.sequence)
        return [act_of(row) for row in self._database.rows(rows)]

    def of(self, application_id: int) -> list[Event]:
        """What happened to a case, the oldest first."""
        rows = models.Event.select().where(models.Event.application == application_id)
        return [event_of(row) for row in self._database.rows(rows.order_by(models.Event.sequence))]

    def of_each(self, application_ids: Collection[int]) -> dict[int, list[Event]]:
        """As `of`, of several cases by one query."""
        found: dict[int, list[Event]] = {one: [] for one in application_ids}
        rows = models.Event.select().where(models.Event.application.in_(application_ids))
        for row in self._database.rows(rows.order_by(models.Event.sequence)):
            found[row.application_id].append(event_of(row))
        return found

    def after(self, sequence: int, limit: int) -> list[dict[str, Any]]:
        """Up to `limit` rows of all cases in the order of the chain, as they are stored."""
        rows = models.Event.select().where(models.Event.sequence > sequence)
        return [row.__data__ for row in self._database.rows(rows.order_by(models.Event.sequence).limit(limit))]

    def before_the_last(self, number: int) -> Head:
        """The row before the last so many, or the beginning."""
        row = models.Event
        newest_first = row.select(row.sequence, row.hash).order_by(row.sequence.desc())
        found = self._database.row(newest_first.offset(number))
        return Head(found.sequence, found.hash) if found else BEGINNING

    def newest(self) -> datetime | None:
        """When the last of all was logged."""
        row = self._database.row(models.Event.select(models.Event.at).order_by(models.Event.sequence.desc()))
        moment: datetime | None = row and row.at
        return moment

    def holds(self, head: Head) -> bool:
        """Whether the row with this number has this hash."""
        row = models.Event
        same = (row.sequence == head.sequence) & (row.hash == head.hash)
        return self._database.row(row.select(row.sequence).where(same)) is not None

    def head(self) -> Head | None:
        """The end as it was left; None before the first event. Raises LogBroken when it was written by hand."""
        row = self._database.row(models.ChainHead.select())
        return self._sealed(Head(row.sequence, row.hash), row.seal) if row else None

    def fits(self, columns: Mapping[str, Any]) -> bool:
        """Whether a row is as it was written, or as its words were deleted."""
        if columns["day"] != day_of(columns["at"]):
            return False
        if columns["deletion"] is not None:
            return bool(columns["deletion"] == self._left(columns))
        return bool(columns["hash"] == self.expected_hash(columns))

    def forget_words(self, application_id: int, number: str) -> None:
        """Delete what people wrote in the rows of a case and in those about it; a keyed hash seals what is left.
        Runs inside a transaction. Raises LogBroken when a row was changed by hand: evidence is not deleted."""
        row = models.Event
        about = (row.application == application_id) | (row.subject == number)
        for found in self._database.rows(row.select().where(about, row.deletion.is_null())):
            if not self.fits(found.__data__):
                raise LogBroken(f"row {found.sequence} was changed by hand")
            gone = (WORDLESS if found.reason else {}) | (NAMELESS if found.actor_kind == ActorKind.EMPLOYER else {})
            if gone:
                sealed = self._left({**found.__data__, **gone})
                self._database.run(row.update(**gone, deletion=sealed).where(row.id == found.id))

    def expected_hash(self, columns: Mapping[str, Any]) -> str:
        """HMAC-SM3, 64 hex digits: who can write the database but has not the key cannot make a row fit."""
        return self._sealer.index("event", _covered(columns))

    def _left(self, columns: Mapping[str, Any]) -> str:
        return self._sealer.index("event without words", f"{columns['hash']}\0{_covered(columns)}")

    def _chain(self, columns: dict[str, Any]) -> dict[str, Any]:
        before = self._take_turn()
        chained = {**columns, "sequence": before.sequence + 1, "previous_hash": before.hash}
        chained["hash"] = self.expected_hash(chained)
        self._database.run(models.Event.insert(**chained))
        head = Head(chained["sequence"], chained["hash"])
        self._database.run(models.ChainHead.update(hash=head.hash, seal=self._seal(head)))
        return chained

    def _take_turn(self) -> Head:
        """The head before this event. It is written before it is read: of two processes the second one waits
        here until the first has committed."""
        row = models.ChainHead
        next_one = row.update(sequence=row.sequence + 1).returning(row)
        found = self._database.rows(next_one)
        if not found:
            self._begin()
            found = self._database.rows(next_one)
        return self._sealed(Head(found[0].sequence - 1, found[0].hash), found[0].seal)

    def _begin(self) -> None:
        if self._database.row(models.Event.select()):
            raise LogBroken("the end of the log is gone")
        head = BEGINNING
        begin = models.ChainHead.insert(id=1, sequence=head.sequence, hash=head.hash, seal=self._seal(head))
        self._database.run(begin.on_conflict_ignore())

    def _sealed(self, head: Head, seal: str) -> Head:
        if seal != self._seal(head):
            raise LogBroken("the end of the log was written by hand")
        return head

    def _seal(self, head: Head) -> str:
        return self._sealer.index("chain head", str(head))


def _covered(columns: Mapping[str, Any]) -> str:
    covered = [columns[name] for name in COVERED]
    covered.append(columns["at"].astimezone(UTC).isoformat(timespec="microseconds"))
    if columns["subject"] is not None:
        covered.append(columns["subject"])
    return json.dumps(covered, ensure_ascii=False)


def columns_of(event: Event) -> dict[str, Any]:
    return {
        "sequence": event.sequence,
        "application": event.application_id,
        "version": event.version,
        "action": event.action,
        "actor_kind": event.actor.kind,
        "actor": event.actor.name,
        "source": event.source,
        "target": event.target,
        "at": event.at,
        "day": day_of(event.at),
        "reason": event.reason,
        "deadline": event.deadline and event.deadline.isoformat(),
        "evidence": event.evidence,
        "subject": None,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


def columns_of_act(act: Act) -> dict[str, Any]:
    of_no_case = {"application": None, "version": 0, "source": "", "target": "", "deadline": None, "evidence": ""}
    return {
        **of_no_case,
        "action": act.action,
        "actor_kind": act.actor.kind,
        "actor": act.actor.name,
        "at": act.at,
        "day": day_of(act.at),
        "subject": act.subject,
        "reason": act.reason,
    }


def day_of(moment: datetime) -> str:
    """As it is counted by: the day in China."""
    return china_day(moment).isoformat()


def act_of(row: Any) -> Act:
    """A row of the table that belongs to no case."""
    return Act(Actor(ActorKind(row.actor_kind), row.actor), row.action, row.at, row.subject, row.reason)


def event_of(row: Any) -> Event:
    """A row of the table."""
    return Event(
        application_id=row.application_id,
        version=row.version,
        action=row.action,
        actor=Actor(ActorKind(row.actor_kind), row.actor),
        source=Status(row.source),
        target=Status(row.target),
        at=row.at,
        reason=row.reason,
        deadline=date.fromisoformat(row.deadline) if row.deadline else None,
        evidence=row.evidence,
        sequence=row.sequence,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )
