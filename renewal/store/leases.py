"""One holder at a time of the right to do something, among all processes on one database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from renewal.store.database import Store
from renewal.store.models import Lease as Row

TERM = timedelta(minutes=5)
"""For so long a lease is taken or renewed: as long is nothing done after its holder died."""
SKEW = timedelta(minutes=1)
"""By so much the clocks of two machines may differ: so much longer nobody takes a lease that ran out."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
"""After a failure, doubled with each that follows."""


@dataclass(frozen=True, slots=True)
class Lease:
    """`done_at` is when the last good run began; `failures` and `trouble`, in words for the office, are of those
    that failed since."""

    name: str
    done_at: datetime | None = None
    failures: int = 0
    retry_at: datetime | None = None
    trouble: str = ""


class Leases(Store):
    """Each change is one statement that compares and sets, so that of two processes one finds nothing to change."""

    def all(self) -> dict[str, Lease]:
        """By name; one that was never taken is not there."""
        return {row.name: _lease(row) for row in self._database.rows(Row.select())}

    def acquire(self, name: str, holder: str, now: datetime, since: datetime) -> bool:
        """Take it, unless somebody holds it, it has been done since `since`, or it failed just now. Raises
        Unavailable."""
        free = Row.holder.is_null() | (Row.until < now - SKEW)
        undone = Row.done_at.is_null() | (Row.done_at < since)
        may_try = Row.retry_at.is_null() | (Row.retry_at <= now)
        taken = {"holder": holder, "until": now + TERM}
        with self._database.transaction():
            self._database.run(Row.insert(name=name, failures=0, trouble="").on_conflict_ignore())
            return self._changed(taken, Row.name == name, free, undone, may_try)

    def renew(self, name: str, holder: str, now: datetime) -> bool:
        """Hold it for longer; False once it is somebody else's. Raises Unavailable."""
        return self._change(name, holder, {"until": now + TERM})

    def done(self, name: str, holder: str, began: datetime) -> bool:
        """Give it back after a run that went well; False once it is somebody else's. Raises Unavailable."""
        well = {"done_at": began, "failures": 0, "retry_at": None, "trouble": ""}
        return self._change(name, holder, {"holder": None, "until": None, **well})

    def failed(self, name: str, holder: str, now: datetime, trouble: str) -> bool:
        """Give it back after a run that failed; nobody tries again for a while. Raises Unavailable."""
        lease = self.all().get(name, Lease(name))
        wait = min(FIRST_WAIT * 2 ** min(lease.failures, 10), LONGEST_WAIT)
        badly = {"failures": lease.failures + 1, "retry_at": now + wait, "trouble": trouble[:200]}
        return self._change(name, holder, {"holder": None, "until": None, **badly})

    def release(self, name: str, holder: str) -> bool:
        """Give it back undone, for anybody to go on. Raises Unavailable."""
        return self._change(name, holder, {"holder": None, "until": None})

    def _change(self, name: str, holder: str, columns: dict[str, Any]) -> bool:
        with self._database.transaction():
            return self._changed(columns, Row.name == name, Row.holder == holder)

    def _changed(self, columns: dict[str, Any], *where: Any) -> bool:
        return bool(self._database.run(Row.update(columns).where(*where)))


def _lease(row: Any) -> Lease:
    return Lease(row.name, row.done_at, row.failures, row.retry_at, row.trouble)
