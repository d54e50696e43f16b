"""Cases: handed in, moved on by one function, and what happened to them told in the log."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from peewee import IntegrityError

from renewal.domain import masks
from renewal.domain.actor import APPLICANT, SYSTEM, Actor
from renewal.domain.application import DECIDED, OPEN, Status, move
from renewal.domain.calendar import CHINA, RETURN_WITHIN
from renewal.domain.clock import china_day
from renewal.domain.trust import Trust
from renewal.store import models
from renewal.store.database import Database, Store
from renewal.store.drafts import Draft
from renewal.store.event_log import MOVE, Event, EventLog
from renewal.store.sealed import Sealer
from renewal.store.submissions import Submissions, context

VERIFIED = "verified"
"""Stands for the browser where it is known who the person is: then all their browsers are one owner."""
CONFLICT = "conflict"
TWO_OPEN = "同一证件号码有另一件申请同时在办，请核对本人"


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

    `conflict`: another case of this ID number was open at the same time, from somebody else's browser."""

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


class Applications(Store):
    """Reading one raises Unsealable when its answers were altered or the key is gone."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        super().__init__(database, sealer)
        self._log, self._submissions = EventLog(database, sealer), Submissions(database, sealer)

    def submit(self, draft: Draft, pictures: Mapping[str, bytes], now: datetime) -> Application:
        """Hand in: a case numbered YX<day><id> is opened, or the draft's returned one taken up again.

        Raises AlreadyOpen, MoveRefused, ApplicationChanged.
        """
        with self._database.transaction():
            returned = self.of_draft(draft.id)
            if returned:
                application = self._hand_in_again(returned, draft, pictures, now)
            else:
                application = self._open(draft, pictures, now)
            deadline = CHINA.add(china_day(now), RETURN_WITHIN)
            application = self.transition(application, Status.SUBMITTED, APPLICANT, now, deadline=deadline)
            return application if returned else self._mark_conflict(application, draft.id_index, now)

    def transition(
        self,
        application: Application,
        target: Status,
        actor: Actor,
        now: datetime,
        reason: str = "",
        deadline: date | None = None,
    ) -> Application:
        """Move a case on: status, version, deadline and the event with its actor together, and nothing else
        sets a status. A closed case frees its owner for another. Raises MoveRefused, ApplicationChanged."""
        source, version = application.status, application.version + 1
        event = Event(application.id, version, MOVE, actor, source, move(source, target), now, reason, deadline)
        row = models.Application
        columns = {row.status: target, row.version: version, row.deadline: deadline and deadline.isoformat()}
        if target not in OPEN:
            columns[row.open_index] = None
        if target in DECIDED:
            columns[row.decided_at] = now
        self._append(application, event, columns)
        return replace(application, status=target, version=version, deadline=deadline)

    def record(self, application: Application, action: str, actor: Actor, now: datetime, reason: str = "") -> None:
        """Log what was done to a case without moving it. Raises ApplicationChanged."""
        status = application.status
        self._append(
            application, Event(application.id, application.version, action, actor, status, status, now, reason)
        )

    def find(self, application_id: int) -> Application | None:
        return self._one(models.Application.id == application_id)

    def by_number(self, number: str) -> Application | None:
        return self._one(models.Application.number == number)

    def of_draft(self, draft_id: str) -> Application | None:
        return self._one(models.Application.draft == draft_id)

    def of_drafts(self, draft_ids: list[str]) -> list[Application]:
        """The newest first."""
        return self._all(models.Application.draft.in_(draft_ids))

    def of_owner(self, draft: Draft) -> Application | None:
        """The open case that the draft's owner has for its ID number already."""
        mine = [self.open_index(draft.id_index, owner) for owner in {_owner(draft), _browser(draft)}]
        return self._one(models.Application.open_index.in_(mine))

    def events(self, application_id: int) -> list[Event]:
        """What happened to a case, the oldest first."""
        return self._log.of(application_id)

    def open_index(self, id_index: str, owner: str) -> str:
        return self._sealer.index("open", f"{id_index}\0{owner}")

    def columns(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """What an office filters, sorts and counts cases by, of the answers handed in."""
        details = answers["details"]
        return {
            "name_index": self._sealer.index("name", details["name"]),
            "phone_index": self._sealer.index("phone", details["phone"]),
            "name_mask": masks.name(details["name"]),
            "id_mask": masks.id_number(details["id_number"]),
            "method": answers["face"]["method"],
            **{name: details[name] for name in ("employer", "specialty_1", "specialty_2")},
        }

    def _open(self, draft: Draft, pictures: Mapping[str, bytes], now: datetime) -> Application:
        begun = self.of_owner(draft)
        if begun:
            raise AlreadyOpen(begun)
        application_id = self._insert(draft, now)
        number = models.Application.update(number=f"YX{china_day(now):%Y%m%d}{application_id:06d}")
        self._database.run(number.where(models.Application.id == application_id))
        self._submissions.freeze(application_id, 0, draft.answers, pictures, now)
        return self._certain(application_id)

    def _insert(self, draft: Draft, now: datetime) -> int:
        insert = models.Application.insert(
            draft=draft.id,
            status=Status.DRAFT,
            version=0,
            head="",
            id_index=draft.id_index,
            open_index=self.open_index(draft.id_index, _owner(draft)),
            conflict=False,
            trust=draft.trust,
            **self.columns(draft.answers),
            submissions=1,
            submitted_at=now,
        )
        try:
            with self._database.transaction():
                return int(self._database.run(insert))
        except IntegrityError:
            # Another process may have submitted since it was asked; every other broken rule is a bug.
            begun = self.of_owner(draft)
            if begun:
                raise AlreadyOpen(begun) from None
            raise

    def _hand_in_again(
        self, returned: Application, draft: Draft, pictures: Mapping[str, bytes], now: datetime
    ) -> Application:
        position = returned.submissions
        self._submissions.freeze(returned.id, position, draft.answers, pictures, now)
        columns = self.columns(draft.answers) | {
            "trust": draft.trust,
            "submissions": position + 1,
            "resubmitted_at": now,
        }
        self._database.run(models.Application.update(columns).where(models.Application.id == returned.id))
        return self._certain(returned.id)

    def _mark_conflict(self, application: Application, id_index: str, now: datetime) -> Application:
        """All open cases of an ID number, once there are two: whose it is a clerk must see."""
        row = models.Application
        together = self._all((row.id_index == id_index) & row.open_index.is_null(False))
        if len(together) < 2:
            return application
        for case in together:
            if not case.conflict:
                self._database.run(row.update(conflict=True).where(row.id == case.id))
                self.record(case, CONFLICT, SYSTEM, now, TWO_OPEN)
        return replace(application, conflict=True)

    def _append(self, application: Application, event: Event, columns: Mapping[Any, Any] | None = None) -> None:
        row = models.Application
        unchanged = (row.id == application.id) & (row.version == application.version)
        with self._database.transaction():
            head = self._log.append(event).hash
            if not self._database.run(row.update({**(columns or {}), row.head: head}).where(unchanged)):
                raise ApplicationChanged

    def _certain(self, application_id: int) -> Application:
        (application,) = self._all(models.Application.id == application_id)
        return application

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
        )


def _owner(draft: Draft) -> str:
    return VERIFIED if draft.trust is Trust.VERIFIED else _browser(draft)


def _browser(draft: Draft) -> str:
    return draft.owner_index or draft.id  # an unknown browser is nobody else's
