"""How far people come on the way, in plain numbers: drafts are deleted, and who gave up is nobody's to know."""

from collections.abc import Sequence
from datetime import date

from peewee import fn

from renewal.store.database import Store
from renewal.store.models import StepCount
from renewal.store.prepared import Prepared

_ONE_MORE = Prepared(
    lambda day, step: StepCount.insert(day=day, step=step, reached=1).on_conflict(
        conflict_target=[StepCount.day, StepCount.step], update={StepCount.reached: StepCount.reached + 1}
    ),
    day=StepCount.day,
    step=StepCount.step,
)


class StepCounts(Store):
    def reach(self, day: date, steps: Sequence[str]) -> None:
        """One more draft came to each of `steps` for the first time. Runs inside a transaction."""
        for step in steps:
            self._database.run(_ONE_MORE(day=day.isoformat(), step=step))

    def since(self, day: date) -> dict[str, int]:
        """How many drafts came to each step on this day and after."""
        counted = StepCount.select(StepCount.step, fn.SUM(StepCount.reached).alias("total"))
        rows = counted.where(StepCount.day >= day.isoformat()).group_by(StepCount.step)
        return {row.step: int(row.total) for row in self._database.rows(rows)}
