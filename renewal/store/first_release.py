"""What migration 0002 could not do without the keys: cases of the first release, brought into today's form.

`setup` calls it after the migrations, before a worker starts. Until then the log takes no event, because it has
rows and no head; so nothing can come in between. All of it happens in one transaction or not at all.
"""

import json
from dataclasses import replace
from datetime import UTC
from itertools import groupby
from typing import Any

from renewal.store import models
from renewal.store.database import Database, Store
from renewal.store.event_log import MOVE, EventLog, event_of
from renewal.store.head import NOTHING_BEFORE
from renewal.store.intake import Intake
from renewal.store.sealed import Sealer
from renewal.store.submissions import Submission, Submissions, context


class OldLogBroken(RuntimeError):
    """The log of a case does not verify as the first release wrote it. Chained anew it would look whole."""


class FirstRelease(Store):
    def __init__(self, database: Database, sealer: Sealer) -> None:
        super().__init__(database, sealer)
        self._log, self._intake = EventLog(database, sealer), Intake(database, sealer)
        self._submissions = Submissions(database, sealer)

    def carry_over(self) -> int:
        """Cases brought over; 0 when there are none or they were brought before. Raises OldLogBroken, Unsealable."""
        with self._database.transaction():
            if self._database.row(models.ChainHead.select()):
                return 0
            cases = self._database.rows(models.Application.select().order_by(models.Application.id))
            self._check(cases)
            self._chain_anew({case.id: self._seal_anew(case) for case in cases})
            return len(cases)

    def _check(self, cases: list[Any]) -> None:
        """That the log of every case is whole, begins with a submission and ends with the case's status."""
        order = (models.Event.application, models.Event.sequence)
        rows = self._database.rows(models.Event.select().order_by(*order))
        logs = {number: list(log) for number, log in groupby(rows, lambda row: row.application_id)}
        for case in cases:
            log = logs.get(case.id, [])
            if not log or not self._is_whole(log) or log[-1].target != case.status:
                raise OldLogBroken(f"the log of {case.number} was changed: ask what happened before it is chained anew")

    def _is_whole(self, log: list[Any]) -> bool:
        before = [NOTHING_BEFORE, *(row.hash for row in log)]
        pairs = zip(log, before, strict=False)
        return all(row.previous_hash == hash and row.hash == self._old_hash(row) for row, hash in pairs)

    def _old_hash(self, row: Any) -> str:
        moment = row.at.astimezone(UTC).isoformat(timespec="microseconds")
        covered = [row.application_id, moment, row.actor, row.source, row.target, row.reason, row.deadline]
        return self._sealer.index("event", row.previous_hash + json.dumps(covered, ensure_ascii=False))

    def _seal_anew(self, case: Any) -> str:
        """Answers and pictures were sealed to their draft: now to their submission, with the columns they give.
        Returns its digest."""
        (submission,) = self._database.rows(models.Submission.select().where(models.Submission.application == case.id))
        answers = self._sealer.unseal_json(submission.answers, f"application:{case.draft_id}")
        sealed = self._sealer.seal_json(answers, context(case.id, 0))
        self._database.run(models.Submission.update(answers=sealed).where(models.Submission.id == submission.id))
        columns = self._intake.columns(answers)
        if case.open_index:
            columns["open_index"] = self._intake.open_index(case.id_index, case.draft_id, answers["details"]["name"])
        self._database.run(models.Application.update(columns).where(models.Application.id == case.id))
        row, files = models.SubmissionPicture, self._pictures(submission.id, case)
        for kind, file in files.items():
            these = (row.submission == submission.id) & (row.kind == kind)
            sealed = self._sealer.seal(file, context(case.id, 0, kind))
            self._database.run(row.update(sealed=sealed).where(these))
        handed_in = Submission(0, answers, submission.submitted_at)
        return self._submissions.digest(case.id, case.draft_id, handed_in, files)

    def _pictures(self, submission_id: int, case: Any) -> dict[str, bytes]:
        row = models.SubmissionPicture
        rows = self._database.rows(row.select().where(row.submission == submission_id))
        place = f"attachment:{case.draft_id}"
        return {picture.kind: self._sealer.unseal(picture.sealed, f"{place}:{picture.kind}") for picture in rows}

    def _chain_anew(self, evidence: dict[int, str]) -> None:
        """The same events in one chain, the first of a case with its evidence; each case holds its last one's hash."""
        rows = self._database.rows(models.Event.select().order_by(models.Event.sequence))
        self._database.run(models.Event.delete())
        for row in rows:
            event = replace(event_of(row), evidence=evidence.pop(row.application_id, ""))
            columns = {"head": self._log.append(event).hash}
            if event.action == MOVE:
                columns["deadline"] = row.deadline
            self._database.run(models.Application.update(columns).where(models.Application.id == row.application_id))
