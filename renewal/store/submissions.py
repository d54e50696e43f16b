"""What was handed in, frozen: answers and pictures of each submission of a case, to be read and compared."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from renewal.store.database import Store
from renewal.store.models import Submission as Row
from renewal.store.models import SubmissionPicture as Picture


@dataclass(frozen=True, slots=True)
class Submission:
    """Position 0 is the first handing-in, each correction (补正) the next."""

    position: int
    answers: Mapping[str, Any]
    submitted_at: datetime


class Submissions(Store):
    """Reading raises Unsealable when something was altered, moved to another case, or the key is gone."""

    def freeze(
        self,
        application_id: int,
        draft_id: str,
        position: int,
        answers: Mapping[str, Any],
        pictures: Mapping[str, bytes],
        now: datetime,
    ) -> str:
        """Keep a submission as it is now; `pictures` by kind. Its digest. Runs inside a transaction."""
        sealed = self._sealer.seal_json(answers, context(application_id, position))
        place = {"application": application_id, "position": position}
        submission_id = self._database.run(Row.insert(**place, answers=sealed, submitted_at=now))
        rows = [
            {
                "submission": submission_id,
                "kind": kind,
                "sealed": self._sealer.seal(picture, context(application_id, position, kind)),
            }
            for kind, picture in pictures.items()
        ]
        if rows:
            self._database.run(Picture.insert_many(rows))
        return self.digest(application_id, draft_id, Submission(position, answers, now), pictures)

    def of(self, application_id: int) -> list[Submission]:
        """The first one first."""
        rows = self._database.rows(Row.select().where(Row.application == application_id).order_by(Row.position))
        return [
            Submission(
                row.position,
                self._sealer.unseal_json(row.answers, context(application_id, row.position)),
                row.submitted_at,
            )
            for row in rows
        ]

    def pictures(self, application_id: int, position: int) -> dict[str, bytes]:
        """The frozen files by kind."""
        these = (Row.application == application_id) & (Row.position == position)
        rows = self._database.rows(Picture.select().join(Row).where(these).order_by(Picture.kind))
        return {row.kind: self._sealer.unseal(row.sealed, context(application_id, position, row.kind)) for row in rows}

    def digest(self, application_id: int, draft_id: str, submission: Submission, pictures: Mapping[str, bytes]) -> str:
        """64 hex digits over all that was handed in, whichever key sealed it: the log holds them."""
        moment = submission.submitted_at.astimezone(UTC).isoformat(timespec="microseconds")
        hashes = {kind: sha256(picture).hexdigest() for kind, picture in pictures.items()}
        covered = [application_id, draft_id, submission.position, moment, submission.answers, sorted(hashes.items())]
        return self._sealer.index("evidence", json.dumps(covered))


def context(application_id: int, position: int, kind: str = "answers") -> str:
    """The one place a sealed part opens in."""
    return f"submission:{application_id}:{position}:{kind}"
