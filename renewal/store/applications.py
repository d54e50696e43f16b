"""Submitted cases and their append-only, hash-chained log of moves."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from peewee import IntegrityError

from renewal.domain.application import OPEN, Status
from renewal.store import models
from renewal.store.database import Store
from renewal.store.drafts import Draft


class AlreadyOpen(RuntimeError):
    """This ID number has an open application (one per ID number)."""


class ApplicationChanged(RuntimeError):
    """Somebody moved the application on since it was read."""


@dataclass(frozen=True, slots=True)
class Application:
    """A submitted case; `answers` are the draft's as they were then, `version` counts its moves."""

    id: int
    number: str
    draft_id: str
    status: Status
    version: int
    method: str
    answers: Mapping[str, Any]
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One move. `hash` is keyed and covers the row with the hash before it: see `Applications.expected_hash`."""

    at: datetime
    actor: str
    source: str
    target: str
    reason: str
    deadline: str | None
    previous_hash: str
    hash: str


class Applications(Store):
    """Cases and their logs. Reading one raises Unsealable when its answers were altered or the key is gone."""

    def submit(self, draft: Draft, method: str, now: datetime, day: date) -> Application:
        """Freeze the draft's answers into a case numbered YX<day><id>. Raises AlreadyOpen."""
        try:
            application_id = self._database.run(
                models.Application.insert(
                    draft=draft.id,
                    status=Status.SUBMITTED,
                    id_index=draft.id_index,
                    open_index=draft.id_index,
                    trust=draft.trust,
                    method=method,
                    answers=self._sealer.seal_json(draft.answers, f"application:{draft.id}"),
                    submitted_at=now,
                )
            )
        except IntegrityError as conflict:
            raise AlreadyOpen from conflict
        number = models.Application.update(number=f"YX{day:%Y%m%d}{application_id:06d}")
        self._database.run(number.where(models.Application.id == application_id))
        (row,) = self._database.rows(models.Application.select().where(models.Application.id == application_id))
        return self._application(row)

    def find(self, application_id: int) -> Application | None:
        return self._one(models.Application.id == application_id)

    def by_number(self, number: str) -> Application | None:
        return self._one(models.Application.number == number)

    def of_draft(self, draft_id: str) -> Application | None:
        return self._one(models.Application.draft == draft_id)

    def of_drafts(self, draft_ids: list[str]) -> list[Application]:
        """The newest first."""
        rows = models.Application.select().where(models.Application.draft.in_(draft_ids))
        return [self._application(row) for row in self._database.rows(rows.order_by(models.Application.id.desc()))]

    def set_status(self, application: Application, status: Status) -> None:
        """Move a case on; once closed, its ID number is free for another. Raises ApplicationChanged.

        Only the verbs call it, beside `record`, in one transaction.
        """
        row = models.Application
        columns: dict[Any, Any] = {row.status: status, row.version: row.version + 1}
        if status not in OPEN:
            columns[row.open_index] = None
        unchanged = (row.id == application.id) & (row.version == application.version)
        if not self._database.run(row.update(columns).where(unchanged)):
            raise ApplicationChanged

    def record(
        self,
        application_id: int,
        now: datetime,
        actor: str,
        source: Status,
        target: Status,
        reason: str = "",
        deadline: date | None = None,
    ) -> None:
        """Append one move to the log; `deadline` is the day by which the law wants the next."""
        before = self.events(application_id)
        previous = before[-1].hash if before else "0" * 64
        by = deadline.isoformat() if deadline else None
        event = Event(now, actor, source, target, reason, by, previous, "")
        self._database.run(
            models.Event.insert(
                application=application_id,
                position=len(before),
                **asdict(replace(event, hash=self.expected_hash(application_id, event))),
            )
        )

    def expected_hash(self, application_id: int, event: Event) -> str:
        """HMAC-SM3, 64 hex digits: a changed or missing row shows, and who can write the database but has
        not the key cannot make the rows after it fit."""
        moment = event.at.astimezone(UTC).isoformat(timespec="microseconds")
        row = [application_id, moment, event.actor, event.source, event.target, event.reason, event.deadline]
        return self._sealer.index("event", event.previous_hash + json.dumps(row, ensure_ascii=False))

    def events(self, application_id: int) -> list[Event]:
        """The moves of a case, the oldest first."""
        rows = models.Event.select().where(models.Event.application == application_id)
        return [
            Event(r.at, r.actor, r.source, r.target, r.reason, r.deadline, r.previous_hash, r.hash)
            for r in self._database.rows(rows.order_by(models.Event.position))
        ]

    def _one(self, condition: Any) -> Application | None:
        row = self._database.row(models.Application.select().where(condition))
        return self._application(row) if row else None

    def _application(self, row: models.Application) -> Application:
        draft_id: str = row.draft_id  # type: ignore[attr-defined]  # peewee adds it; its stubs do not say
        return Application(
            id=row.id,
            number=row.number or "",
            draft_id=draft_id,
            status=Status(row.status),
            version=row.version,
            method=row.method,
            answers=self._sealer.unseal_json(row.answers, f"application:{draft_id}"),
            submitted_at=row.submitted_at,
        )
