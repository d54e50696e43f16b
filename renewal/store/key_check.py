"""Whether the keys at hand are those of the database: several containers share both, and folders get mixed up."""

from renewal.store import models
from renewal.store.database import Store
from renewal.store.event_log import EventLog, LogBroken
from renewal.store.sealed import Unsealable
from renewal.store.trouble import KeysForeign

CONTEXT = "key check"


class KeyCheck(Store):
    def settle(self) -> None:
        """At a start: keep what later starts are compared with, and compare. Raises KeysForeign."""
        with self._database.transaction():
            row = self._row()
            if row is None:
                self._not_of_others()
                insert = models.KeyCheck.insert(id=1, session_index=self._sealer.session_index(), sealed=self._seal())
                self._database.run(insert)
                return
            self._compare(row)
            if not self._sealer.seals_with_newest(row.sealed):
                self._database.run(models.KeyCheck.update(sealed=self._seal()))

    def check(self) -> None:
        """Raises KeysForeign; a database without the row, from before there was one, passes."""
        row = self._row()
        if row is not None:
            self._compare(row)

    def _compare(self, row: models.KeyCheck) -> None:
        try:
            self._sealer.unseal(row.sealed, CONTEXT)
        except Unsealable as foreign:
            raise KeysForeign from foreign
        if row.session_index != self._sealer.session_index():
            raise KeysForeign

    def _not_of_others(self) -> None:
        """A log that an earlier release began ends with a seal of the same keys."""
        try:
            EventLog(self._database, self._sealer).head()
        except LogBroken as foreign:
            raise KeysForeign from foreign

    def _row(self) -> models.KeyCheck | None:
        row: models.KeyCheck | None = self._database.row(models.KeyCheck.select())
        return row

    def _seal(self) -> bytes:
        return self._sealer.seal(b"", CONTEXT)
