"""What the log says of a case, compared with its row and with what was handed in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from renewal.domain.actor import ActorKind
from renewal.domain.application import DECIDED, OPEN, Status
from renewal.domain.trust import Trust
from renewal.store.database import Database, Store
from renewal.store.defects import Defects
from renewal.store.employer_answers import EmployerAnswers
from renewal.store.event_log import (
    CLAIM,
    CONTENT_DELETED,
    FACE_VERIFIED,
    GIVE_BACK,
    MOVE,
    PERSON_VERIFIED,
    TAKE_OVER,
    UNDO,
)
from renewal.store.finished import Finished
from renewal.store.intake import CONFLICT, CONFLICT_SETTLED, Intake, number_of
from renewal.store.models import Staff
from renewal.store.sealed import Sealer, Unsealable
from renewal.store.submissions import Submission, Submissions

UNFIT = (Unsealable, ValueError, TypeError, AttributeError, LookupError, OverflowError)
"""What reading raises when a column holds what the app never writes."""


@dataclass(slots=True)
class Standing:
    """A case as its events leave it; `evidence` has the digest of each submission, the first one first,
    `said` each answer of the employer with its moment, `returned` that of the defects found in it, by its position,
    `holder` the name of who has it in hand.
    Of one whose content was `deleted` nothing is left."""

    head: str = ""
    status: str = ""
    version: int = 0
    deadline: str | None = None
    decided_at: datetime | None = None
    conflict: bool = False
    verified: bool = False
    holder: str = ""
    deleted: bool = False
    evidence: list[str] = field(default_factory=list)
    said: list[tuple[str, datetime]] = field(default_factory=list)
    returned: dict[int, str] = field(default_factory=dict)

    def add(self, event: dict[str, Any]) -> None:
        """The next event of the case, as it is stored."""
        self.head, self.status, self.version = event["hash"], event["target"], event["version"]
        if event["action"] in (CONFLICT, CONFLICT_SETTLED):
            self.conflict = event["action"] == CONFLICT
        self.verified |= event["action"] in (PERSON_VERIFIED, FACE_VERIFIED)
        if event["action"] in (CLAIM, TAKE_OVER, GIVE_BACK):
            self.holder = event["actor"] if event["action"] != GIVE_BACK else ""
        self.deleted = self.deleted or event["action"] == CONTENT_DELETED
        if event["action"] == UNDO:
            self.returned.pop(len(self.evidence) - 1, None)
        if event["action"] in (MOVE, UNDO):
            self.deadline = event["deadline"]
            self.decided_at = event["at"] if self.status in DECIDED else self.decided_at
        if event["actor_kind"] == ActorKind.EMPLOYER:
            self.said.append((event["target"], event["at"]))
        if event["evidence"] and self.status == Status.RETURNED:
            self.returned[len(self.evidence) - 1] = event["evidence"]
        elif event["evidence"]:
            self.evidence.append(event["evidence"])


class Standings(Store):
    def __init__(self, database: Database, sealer: Sealer) -> None:
        super().__init__(database, sealer)
        self._submissions, self._intake = Submissions(database, sealer), Intake(database, sealer)
        self._employers = EmployerAnswers(database, sealer)
        self._defects, self._finished = Defects(database, sealer), Finished(database, sealer)

    def faults(self, case: Any, standing: Standing) -> Iterator[str]:
        """What of a case's row does not fit, said to the office."""
        if (case.head, case.status, case.version) != (standing.head, standing.status, standing.version):
            yield "现在的状态与日志不符"
        for label, mine, logged in (*_other_columns(case, standing), ("经办人", self._holder(case), standing.holder)):
            if mine != logged:
                yield f"现在的{label}与日志不符"
        if not standing.deleted:
            yield from self._faults_of_content(case, standing)
        elif self._finished.holds_content(case):
            yield "的内容已删除，但还有留下的"

    def _faults_of_content(self, case: Any, standing: Standing) -> Iterator[str]:
        found = self._defects.of(case.id)
        if {at: self._defects.digest(case.id, at, found[at]) for at in found} != standing.returned:
            yield "退回补正的内容缺少或被改动过"
        try:
            yield from self._faults_of_evidence(case, standing.evidence)
        except UNFIT:
            yield "提交的材料无法读取"
        try:
            if [(said.status, said.answered_at) for said in self._employers.of(case.id)] != standing.said:
                yield "的单位答复与日志不符"
        except UNFIT:
            yield "的单位答复无法读取"

    def _holder(self, case: Any) -> str:
        return self._names.get(case.clerk_id, "？") if case.clerk_id else ""

    @cached_property
    def _names(self) -> dict[int, str]:
        return {row.id: row.name for row in self._database.rows(Staff.select(Staff.id, Staff.name))}

    def _faults_of_evidence(self, case: Any, evidence: list[str]) -> Iterator[str]:
        handed_in = self._submissions.of(case.id)
        if not handed_in or [self._digest(case, submission) for submission in handed_in] != evidence:
            yield "提交的材料缺少或被改动过"
            return
        columns = self._expected(case, handed_in)
        if any(getattr(case, name) != value for name, value in columns.items()):
            yield "的编号、时间或列表信息与提交的材料不符"

    def _digest(self, case: Any, submission: Submission) -> str:
        pictures = self._submissions.pictures(case.id, submission.position)
        return self._submissions.digest(case.id, case.draft_id, submission, pictures)

    def _expected(self, case: Any, handed_in: list[Submission]) -> dict[str, Any]:
        first, last = handed_in[0], handed_in[-1]
        return {
            "number": number_of(case.id, first.submitted_at),
            "submissions": len(handed_in),
            "submitted_at": first.submitted_at,
            "resubmitted_at": last.submitted_at if last is not first else None,
            "id_index": self._sealer.index("id_number", last.answers["details"]["id_number"]),
            **self._intake.columns(last.answers),
        }


def _other_columns(case: Any, standing: Standing) -> Iterator[tuple[str, Any, Any]]:
    yield "期限", case.deadline, standing.deadline
    yield "冲突标记", case.conflict, standing.conflict
    yield "办结时间", case.decided_at, standing.decided_at
    yield "本人核验", case.trust == Trust.VERIFIED, standing.verified
    yield "在办标记", case.open_index is not None, standing.status in OPEN
