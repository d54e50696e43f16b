"""How often somebody tried: counters in our own database, so that every worker and container shares them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from limits.storage import Storage
from peewee import EXCLUDED, Case

from renewal.store.database import Database, Unavailable
from renewal.store.models import Attempt
from renewal.store.prepared import Prepared
from renewal.store.sealed import Sealer

SWEEP = timedelta(hours=1)  # between two removals of what has expired, by each process


def _count(key: Any, count: Any, expires_at: Any, now: Any) -> Any:
    over = Attempt.expires_at <= now
    return (
        Attempt.insert(key=key, count=count, expires_at=expires_at)
        .on_conflict(
            conflict_target=[Attempt.key],
            update={
                Attempt.count: Case(None, [(over, EXCLUDED.count)], Attempt.count + EXCLUDED.count),
                Attempt.expires_at: Case(None, [(over, EXCLUDED.expires_at)], Attempt.expires_at),
            },
        )
        .returning(Attempt.count)
    )


def _running(key: Any, now: Any) -> Any:
    return Attempt.select().where((Attempt.key == key) & (Attempt.expires_at > now))


KEY_AND_NOW = {"key": Attempt.key, "now": Attempt.expires_at}
COUNT = Prepared(_count, **KEY_AND_NOW, count=Attempt.count, expires_at=Attempt.expires_at)
RUNNING = Prepared(_running, **KEY_AND_NOW)


class Attempts(Storage):
    """A storage of the library `limits`. Keys are kept as keyed hashes: no address or ID number in plain.

    Writing runs inside a transaction of the caller's, so that the counters of one try are one write.
    """

    STORAGE_SCHEME = None

    def __init__(self, database: Database, sealer: Sealer, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._database, self._sealer, self._now = database, sealer, now
        self._sweep_at = now()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What a database that does not answer raises; it is passed on as it is."""
        return Unavailable

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """The count after `amount` more; `expiry` is in seconds from the first, later ones do not prolong it.
        One statement, for two workers may count at the same moment."""
        now = self._now()
        self._sweep(now)
        expires_at = now + timedelta(seconds=expiry)
        counted = self._database.rows(COUNT(key=self._index(key), count=amount, expires_at=expires_at, now=now))
        return int(counted[0].count)

    def get(self, key: str) -> int:
        row = self._row(key)
        return int(row.count) if row else 0

    def get_expiry(self, key: str) -> float:
        """Seconds since 1970 at which the counter begins anew; now, where none is running."""
        row = self._row(key)
        return float((row.expires_at if row else self._now()).timestamp())

    def clear(self, key: str) -> None:
        self._database.run(Attempt.delete().where(Attempt.key == self._index(key)))

    def reset(self) -> int:
        """Forget every counter; how many there were."""
        return int(self._database.run(Attempt.delete()))

    def check(self) -> bool:
        """Whether the table answers. Raises Unavailable."""
        self._database.row(Attempt.select())
        return True

    def _row(self, key: str) -> Any | None:
        return self._database.row(RUNNING(key=self._index(key), now=self._now()))

    def expired(self) -> int:
        """How many may be removed."""
        return len(self._database.rows(Attempt.select(Attempt.key).where(Attempt.expires_at <= self._now())))

    def sweep(self) -> int:
        """Remove what has expired; how many."""
        with self._database.transaction():
            return int(self._database.run(Attempt.delete().where(Attempt.expires_at <= self._now())))

    def _sweep(self, now: datetime) -> None:
        if now >= self._sweep_at:
            self._sweep_at = now + SWEEP
            self.sweep()

    def _index(self, key: str) -> str:
        return self._sealer.index("attempt", key)
