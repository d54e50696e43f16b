"""Handing in: a draft becomes a case, or the next submission of the one that was returned."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from peewee import IntegrityError

from renewal.domain import masks
from renewal.domain.actor import APPLICANT, SYSTEM
from renewal.domain.application import Status
from renewal.domain.clock import china_day
from renewal.domain.trust import Trust
from renewal.store import models
from renewal.store.applications import AlreadyOpen, Application, Applications
from renewal.store.database import Database, Store
from renewal.store.drafts import Draft
from renewal.store.sealed import Sealer
from renewal.store.submissions import Submissions

VERIFIED = "verified"
"""Stands for the browser where it is known who the person is: then all their browsers are one owner."""
CONFLICT, CONFLICT_SETTLED = "conflict", "conflict_settled"
TWO_OPEN = "同一证件号码有另一件申请同时在办，请核对本人"


class Intake(Store):
    def __init__(self, database: Database, sealer: Sealer) -> None:
        super().__init__(database, sealer)
        self._applications, self._submissions = Applications(database, sealer), Submissions(database, sealer)

    def submit(
        self, draft: Draft, pictures: Mapping[str, bytes], now: datetime, deadline: date | None = None
    ) -> Application:
        """Open a case numbered YX<day><id>, or take up again the one the draft is of: returned, or declined by the
        employer. `deadline` is the office's to return it, once it has all it needs.

        Raises AlreadyOpen, MoveRefused, ApplicationChanged.
        """
        with self._database.transaction():
            beside = self._beside(draft)
            returned = next((row for row in beside if row.draft_id == draft.id), None)
            if returned:
                return self._hand_in_again(self._applications.get(returned.id), draft, pictures, now, deadline)
            self._refuse_second(draft, beside)
            opened = self._open(draft, pictures, now, deadline)
            # Asked again: another process may have opened one until the log gave this one its turn.
            others = [row for row in self._beside(draft) if row.id != opened.id]
            for row in others:
                self._mark_conflict(self._applications.get(row.id), now)
            return self._mark_conflict(opened, now) if others else opened

    def open_index(self, id_index: str, owner: str, name: str) -> str:
        """What keeps `owner` to one open case of an ID number; on a shared phone each name is another's."""
        return self._sealer.index("open", f"{id_index}\0{owner}\0{name}")

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

    def _beside(self, draft: Draft) -> list[Any]:
        """The draft's own case, and all open ones of its ID number."""
        row = models.Application
        same = (row.draft == draft.id) | ((row.id_index == draft.id_index) & row.open_index.is_null(False))
        return self._database.rows(row.select(row.id, row.draft, row.open_index).where(same))

    def _refuse_second(self, draft: Draft, beside: list[Any]) -> None:
        """Whoever was verified in between is led to what this browser submitted before that, too."""
        mine = [self._index_of(draft, owner) for owner in (_owner(draft), _browser(draft))]
        for row in beside:
            if row.open_index in mine:
                raise AlreadyOpen(self._applications.get(row.id))

    def _index_of(self, draft: Draft, owner: str) -> str:
        return self.open_index(draft.id_index, owner, draft.answers["details"]["name"])

    def _open(self, draft: Draft, pictures: Mapping[str, bytes], now: datetime, deadline: date | None) -> Application:
        columns = self.columns(draft.answers)
        application_id = self._insert(draft, columns, now)
        number = number_of(application_id, now)
        evidence = self._submissions.freeze(application_id, draft.id, 0, draft.answers, pictures, now)
        application = Application(
            id=application_id,
            number=number,
            draft_id=draft.id,
            status=Status.DRAFT,
            version=0,
            method=columns["method"],
            answers=draft.answers,
            submissions=1,
            submitted_at=now,
            resubmitted_at=None,
            deadline=deadline,
            conflict=False,
            trust=draft.trust,
            clerk=None,
        )
        return self._move(application, now, {"number": number}, evidence)

    def _insert(self, draft: Draft, columns: Mapping[str, Any], now: datetime) -> int:
        insert = models.Application.insert(
            draft=draft.id,
            status=Status.DRAFT,
            version=0,
            head="",
            id_index=draft.id_index,
            open_index=self._index_of(draft, _owner(draft)),
            conflict=False,
            trust=draft.trust,
            submissions=1,
            submitted_at=now,
            **columns,
        )
        try:
            with self._database.transaction():
                return int(self._database.run(insert))
        except IntegrityError:
            # Another process may have submitted since it was asked; every other broken rule is a bug.
            self._refuse_second(draft, self._beside(draft))
            raise

    def _hand_in_again(
        self,
        returned: Application,
        draft: Draft,
        pictures: Mapping[str, bytes],
        now: datetime,
        deadline: date | None,
    ) -> Application:
        position = returned.submissions
        evidence = self._submissions.freeze(returned.id, draft.id, position, draft.answers, pictures, now)
        columns = self.columns(draft.answers) | {"trust": max(returned.trust, draft.trust)}
        handed_in: dict[str, Any] = {"submissions": position + 1, "resubmitted_at": now, "method": columns["method"]}
        again = replace(returned, answers=draft.answers, deadline=deadline, **handed_in)
        return self._move(again, now, columns | handed_in, evidence)

    def _move(self, application: Application, now: datetime, also: Mapping[str, Any], evidence: str) -> Application:
        deadline = application.deadline
        return self._applications.transition(
            application, Status.SUBMITTED, APPLICANT, now, deadline=deadline, also=also, evidence=evidence
        )

    def _mark_conflict(self, application: Application, now: datetime) -> Application:
        """One of several open cases of an ID number: whose it is a clerk must see."""
        if not application.conflict:
            self._applications.record(application, CONFLICT, SYSTEM, now, TWO_OPEN, also={"conflict": True})
        return replace(application, conflict=True)


def number_of(application_id: int, submitted_at: datetime) -> str:
    return f"YX{china_day(submitted_at):%Y%m%d}{application_id:06d}"


def _owner(draft: Draft) -> str:
    return VERIFIED if draft.trust is Trust.VERIFIED else _browser(draft)


def _browser(draft: Draft) -> str:
    return draft.owner_index or draft.id  # an unknown browser is nobody else's
