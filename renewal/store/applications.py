"""Cases: read, and moved on by the one function that sets a status."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from renewal.domain.actor import Actor
from renewal.domain.application import DECIDED, OPEN, Status, move
from renewal.domain.trust import Trust
from renewal.domain.undo import undo
from renewal.store import models
from renewal.store.database import Database, Store
from renewal.store.event_log import MOVE, UNDO, Event, EventLog
from renewal.store.outbox import Outbox
from renewal.store.sealed import Sealer
from renewal.store.submissions import context


class AlreadyOpen(RuntimeError):
    """Its owner has this open `application` for the same ID number already."""

    def __init__(self, application: "Application") -> None:
        super().__init__(application.number)
        self.application = application


class ApplicationChanged(RuntimeError):
    """Somebody moved the application on since it was read."""


@dataclass(frozen=True, slots=True)
class Application:
    """A case; `answers` are those last handed in, the `submissions`-th time, `version` counts its moves.

    `conflict`: another case of this ID number was open at the same time, from somebody else's browser;
    `clerk` is the id of the member of staff who took it on."""

    id: int
    number: str
    draft_id: str
    status: Status
    version: int
    method: str
    answers: Mapping[str, Any]
    submissions: int
    submitted_at: datetime
    resubmitted_at: datetime | None
    deadline: date | None
    conflict: bool
    trust: Trust
    clerk: int | None


@dataclass(frozen=True, slots=True)
class Glimpse:
    """Where a case stands, and nothing of what it holds."""

    id: int
    number: str
    draft_id: str
    status: Status
    version: int


class Applications(Store):
    """Reading one raises Unsealable when its answers were altered or the key is gone."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        super().__init__(database, sealer)
        self._log, self._outbox = EventLog(database, sealer), Outbox(database, sealer)

    def transition(
        self,
        application: Application,
        target: Status,
        actor: Actor,
        now: datetime,
        reason: str = "",
        deadline: date | None = None,
        also: Mapping[str, Any] | None = None,
        evidence: str = "",
    ) -> Application:
        """Move a case on: status, version, deadline and the event with its actor together, `also` columns that
        change with it, `evidence` the digest of what was handed in or returned, and the message that tells of it.
        Nothing else sets a status. A closed case frees its owner for another.

        Raises MoveRefused, ApplicationChanged.
        """
        source, version = application.status, application.version + 1
        moved = move(source, target)
        event = Event(application.id, version, MOVE, actor, source, moved, now, reason, deadline, evidence)
        columns = {"status": target, "version": version, "deadline": deadline and deadline.isoformat()}
        if target not in OPEN:
            columns["open_index"] = None
        if target in DECIDED:
            columns["decided_at"] = now
        with self._database.transaction():
            self._append(application, event, {**columns, **(also or {})})
            self._outbox.tell(application, target, now)
        return replace(application, status=target, version=version, deadline=deadline)

    def undo(self, application: Application, before: Event, actor: Actor, now: datetime, reason: str) -> Application:
        """Take back the last move: the case stands, with its deadline, where `before` had left it, which is an event
        of its own. Raises MoveRefused, ApplicationChanged."""
        source, version, deadline = application.status, application.version + 1, before.deadline
        target = undo(source, before.target)
        event = Event(application.id, version, UNDO, actor, source, target, now, reason, deadline)
        columns = {"status": target, "version": version, "deadline": deadline and deadline.isoformat()}
        with self._database.transaction():
            self._append(application, event, columns)
            self._outbox.overtake(application.id)
        return replace(application, status=target, version=version, deadline=deadline)

    def assign(
        self, application: Application, clerk: int | None, action: str, actor: Actor, now: datetime, reason: str = ""
    ) -> Application:
        """Give the case into the hands of a member of staff, or of nobody. Raises ApplicationChanged, also when
        somebody else took it on since it was read."""
        status, version, row = application.status, application.version, models.Application
        event = Event(application.id, version, action, actor, status, status, now, reason)
        held = row.clerk.is_null() if application.clerk is None else row.clerk == application.clerk
        self._append(application, event, {"clerk": clerk}, held)
        return replace(application, clerk=clerk)

    def record(
        self,
        application: Application,
        action: str,
        actor: Actor,
        now: datetime,
        reason: str = "",
        also: Mapping[str, Any] | None = None,
    ) -> None:
        """Log what was done to a case without moving it. Raises ApplicationChanged."""
        status, version = application.status, application.version
        event = Event(application.id, version, action, actor, status, status, now, reason)
        self._append(application, event, also or {})

    def get(self, application_id: int) -> Application:
        """One that is certainly there."""
        (application,) = self._all(models.Application.id == application_id)
        return application

    def find(self, application_id: int) -> Application | None:
        return self._one(models.Application.id == application_id)

    def by_number(self, number: str) -> Application | None:
        return self._one(models.Application.number == number)

    def was_deleted(self, condition: int | str) -> bool:
        """Whether there was a case with this id or number, whose content is kept no longer."""
        row = models.Application
        this = (row.id == condition) if isinstance(condition, int) else (row.number == condition)
        return self._database.row(row.select(row.id).where(this, row.method == "")) is not None

    def of_draft(self, draft_id: str) -> Application | None:
        return self._one(models.Application.draft == draft_id)

    def some(self, ids: Collection[int]) -> dict[int, Application]:
        """Those of them that there are, by id."""
        return {found.id: found for found in self._all(models.Application.id.in_(ids))}

    def of_drafts(self, draft_ids: list[str]) -> list[Application]:
        """The newest first."""
        return self._all(models.Application.draft.in_(draft_ids))

    def of_person(self, id_number: str) -> list[Application]:
        """All that were handed in for an ID number, whoever did; the newest first."""
        return self._all(models.Application.id_index == self._sealer.index("id_number", id_number))

    def glimpses(self, draft_ids: list[str]) -> list[Glimpse]:
        """The newest first; nothing is unsealed."""
        row = models.Application
        if not draft_ids:
            return []
        # Of a case whose content was deleted nothing is to be seen.
        shown = row.draft.in_(draft_ids) & (row.method != "")
        query = row.select(row.id, row.number, row.draft, row.status, row.version).where(shown)
        return [
            Glimpse(found.id, found.number or "", found.draft_id, Status(found.status), found.version)
            for found in self._database.rows(query.order_by(row.id.desc()))
        ]

    def events(self, application_id: int) -> list[Event]:
        """What happened to a case, the oldest first."""
        return self._log.of(application_id)

    def events_of(self, ids: Collection[int]) -> dict[int, list[Event]]:
        """What happened to each of these cases, the oldest first."""
        return self._log.of_each(ids)

    def _append(self, application: Application, event: Event, columns: Mapping[str, Any], *also: Any) -> None:
        """Log an event, and change the case with it on the version that was read, and where `also` holds."""
        row = models.Application
        unchanged = (row.id == application.id) & (row.version == application.version)
        with self._database.transaction():
            head = self._log.append(event).hash
            if not self._database.run(row.update(head=head, **columns).where(unchanged, *also)):
                raise ApplicationChanged

    def _one(self, condition: Any) -> Application | None:
        return next(iter(self._all(condition)), None)

    def _all(self, condition: Any) -> list[Application]:
        row, submission = models.Application, models.Submission
        last = (submission.application == row.id) & (submission.position == row.submissions - 1)
        query = row.select(row, submission).join(submission, on=last, attr="last").where(condition)
        return [self._application(found) for found in self._database.rows(query.order_by(row.id.desc()))]

    def _application(self, row: Any) -> Application:
        return Application(
            id=row.id,
            number=row.number or "",
            draft_id=row.draft_id,
            status=Status(row.status),
            version=row.version,
            method=row.method,
            answers=self._sealer.unseal_json(row.last.answers, context(row.id, row.last.position)),
            submissions=row.submissions,
            submitted_at=row.submitted_at,
            resubmitted_at=row.resubmitted_at,
            deadline=date.fromisoformat(row.deadline) if row.deadline else None,
            conflict=row.conflict,
            trust=Trust(row.trust),
            clerk=row.clerk_id,
        )
