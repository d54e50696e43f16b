"""What was returned for correction (补正), beside the submission in which it was found."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from renewal.domain.defects import Defect
from renewal.store.database import Store
from renewal.store.models import Defect as Row


class Defects(Store):
    """By case and position of the submission, which is returned once at most."""

    def put(self, application_id: int, position: int, defects: Sequence[Defect]) -> None:
        """Keep them, one for a field. Runs inside the transaction that returns the case."""
        place = {"application": application_id, "position": position}
        self._database.run(Row.insert_many([{**place, **asdict(defect)} for defect in defects]))

    def remove(self, application_id: int, position: int) -> None:
        """A return that is taken back. Runs inside the transaction that logs it."""
        self._database.run(Row.delete().where(Row.application == application_id, Row.position == position))

    def of(self, application_id: int) -> dict[int, list[Defect]]:
        """By position, in the order in which they were put."""
        found: dict[int, list[Defect]] = {}
        for row in self._database.rows(Row.select().where(Row.application == application_id).order_by(Row.id)):
            found.setdefault(row.position, []).append(Defect(row.field, row.reason))
        return found

    def digest(self, application_id: int, position: int, defects: Sequence[Defect]) -> str:
        """64 hex digits over all that was returned at once: the log holds them."""
        covered = [application_id, position, [[defect.field, defect.reason] for defect in defects]]
        return self._sealer.index("defects", json.dumps(covered))
