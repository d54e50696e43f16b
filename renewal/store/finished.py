"""Closed cases, once their time is over: what goes, and what stays.

It stays that there was a case: its number, its statuses with their days, who of the office handled it, and the chain of
events without their words. Everything that says whose it was goes.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from peewee import fn

from renewal.domain.actor import SYSTEM
from renewal.domain.application import CLOSED, Status
from renewal.store.applications import ApplicationChanged
from renewal.store.database import Database, Store
from renewal.store.event_log import CONTENT_DELETED, MOVE, Event, EventLog
from renewal.store.models import (
    Application,
    Attachment,
    ConfirmedPhone,
    Defect,
    Draft,
    EmployerAnswer,
    EmployerLink,
    FaceOrder,
    Message,
    Note,
    Submission,
    SubmissionPicture,
)
from renewal.store.models import Event as EventRow
from renewal.store.registrations import Registrations, Who
from renewal.store.sealed import Sealer, Unsealable
from renewal.store.submissions import Submissions

BLANK: dict[str, Any] = dict.fromkeys(
    (
        "id_index",
        "name_index",
        "phone_index",
        "name_mask",
        "id_mask",
        "employer",
        "specialty_1",
        "specialty_2",
        "method",
    ),
    "",
)
"""The columns of a case that say whose it was. Without a `method` is none but a case whose content was deleted: that
column the lists can ask without the rows."""
PARTS: tuple[Any, ...] = (Submission, Defect, Note, EmployerLink, EmployerAnswer, Message)
OF_DRAFT: tuple[Any, ...] = (Attachment, ConfirmedPhone, FaceOrder)
"""Whose rows go, of the case, and of the draft it was."""


class Finished(Store):
    def __init__(self, database: Database, sealer: Sealer) -> None:
        super().__init__(database, sealer)
        self._log, self._submissions = EventLog(database, sealer), Submissions(database, sealer)
        self._registrations = Registrations(database, sealer)

    def over(self, before: datetime) -> list[int]:
        """The ids of the cases that were closed before that and still hold something."""
        row, event = Application, EventRow
        moved_since = event.select(event.id).where(
            event.application == row.id, event.action == MOVE, event.at >= before
        )
        closed = row.status.in_(CLOSED) & (row.method != "") & (row.submitted_at < before)
        found = row.select(row.id).where(closed, ~fn.EXISTS(moved_since)).order_by(row.id)
        return [case.id for case in self._database.rows(found)]

    def with_selfie(self, compared_by: Collection[str]) -> list[int]:
        """The ids of the cases whose selfie is still there, though they are closed or it was compared by an act of
        these."""
        row, event = Application, EventRow
        compared = event.select(event.id).where(
            event.application == row.id, event.action.in_(compared_by), event.at >= Attachment.saved_at
        )
        kept = row.select(row.id).join(Attachment, on=Attachment.draft == row.draft).where(Attachment.kind == "selfie")
        found = kept.where(row.status.in_(CLOSED) | fn.EXISTS(compared)).order_by(row.id)
        return [case.id for case in self._database.rows(found)]

    def delete(self, application_id: int, now: datetime) -> int:
        """Delete what one case holds, in one transaction with the event that says so; how many registrations went
        with it. Raises LogBroken, and deletes nothing, when its rows in the log were changed by hand,
        ApplicationChanged when somebody else deletes it or has done so."""
        with self._database.transaction():
            (case,) = self._database.rows(Application.select().where(Application.id == application_id))
            if not case.method:
                raise ApplicationChanged
            who = self._who(case)
            status = Status(case.status)
            self._log.forget_words(case.id, case.number)
            event = Event(case.id, case.version, CONTENT_DELETED, SYSTEM, status, status, now)
            head = self._log.append(event).hash
            unchanged = (Application.id == case.id) & (Application.head == case.head)
            if not self._database.run(Application.update(head=head, **BLANK).where(unchanged)):
                raise ApplicationChanged
            self._delete_parts(case)
            return self._registrations.forget([who] if who else [])

    def holds_content(self, case: Any) -> bool:
        """Whether anything is left of a case, given its row, that should have gone."""
        if any(getattr(case, name) != value for name, value in BLANK.items()):
            return True
        left = [part.select(part.application).where(part.application == case.id) for part in PARTS]
        left += [part.select(part.draft).where(part.draft == case.draft_id) for part in OF_DRAFT]
        return any(self._database.row(query) for query in left)

    def _delete_parts(self, case: Any) -> None:
        run, of_case = self._database.run, Submission.application == case.id
        submissions = Submission.select(Submission.id).where(of_case)
        run(SubmissionPicture.delete().where(SubmissionPicture.submission.in_(submissions)))
        for part in PARTS:
            run(part.delete().where(part.application == case.id))
        for part in OF_DRAFT:
            run(part.delete().where(part.draft == case.draft_id))
        nobodys = {"id_index": "", "owner_index": "", "resume_index": None, "typed": None, "history": "[]"}
        nothing = self._sealer.seal_json({}, f"draft:{case.draft_id}")
        run(Draft.update(answers=nothing, **nobodys).where(Draft.id == case.draft_id))

    def _who(self, case: Any) -> Who | None:
        """None where it cannot be read any more."""
        try:
            details = self._submissions.of(case.id)[-1].answers["details"]
        except (Unsealable, LookupError):
            return None
        return Who(details["name"], details["id_number"])
