"""How far people come on the way, in plain numbers: drafts are deleted, and who gave up is nobody's to know."""

from collections.abc import Sequence
from datetime import date

from peewee import fn

from renewal.store.database import Store
from renewal.store.models import StepCount


class StepCounts(Store):
    def reach(self, day: date, steps: Sequence[str]) -> None:
        """One more draft came to each of `steps` for the first time. Runs inside a transaction."""
        if not steps:
            return
        insert = StepCount.insert_many([{"day": day.isoformat(), "step": step, "reached": 1} for step in steps])
        one_more = {StepCount.reached: StepCount.reached + 1}
        self._database.run(insert.on_conflict(conflict_target=[StepCount.day, StepCount.step], update=one_more))

    def since(self, day: date) -> dict[str, int]:
        """How many drafts came to each step on this day and after."""
        counted = StepCount.select(StepCount.step, fn.SUM(StepCount.reached).alias("total"))
        rows = counted.where(StepCount.day >= day.isoformat()).group_by(StepCount.step)
        return {row.step: int(row.total) for row in self._database.rows(rows)}
