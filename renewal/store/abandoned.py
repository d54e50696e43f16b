"""Drafts that nobody goes on with."""

from datetime import datetime
from typing import Any

from peewee import fn

from renewal.store.database import Database, Store
from renewal.store.models import Application, Draft
from renewal.store.registrations import Registrations
from renewal.store.sealed import Sealer


class Abandoned(Store):
    def __init__(self, database: Database, sealer: Sealer) -> None:
        super().__init__(database, sealer)
        self._registrations = Registrations(database, sealer)

    def drafts(self, before: datetime) -> list[str]:
        """The ids of those last saved before that, and never handed in: what a case began as is the case's."""
        return [row.id for row in self._database.rows(Draft.select(Draft.id).where(_abandoned(before)))]

    def delete(self, draft_ids: list[str], before: datetime) -> tuple[int, int]:
        """Delete those of them that nobody took up since, with their pictures, in one transaction; how many, and how
        many registrations went with them."""
        with self._database.transaction():
            these = Draft.id.in_(draft_ids) & _abandoned(before)
            drafts = self._database.rows(Draft.select().where(these))
            people = {self._registrations.claimed(draft) for draft in drafts} - {None}
            gone = int(self._database.run(Draft.delete().where(Draft.id.in_([draft.id for draft in drafts]), these)))
            return gone, self._registrations.forget(who for who in people if who)


def _abandoned(before: datetime) -> Any:
    case = Application.select(Application.id).where(Application.draft == Draft.id)
    never = Draft.submitted == False  # noqa: E712  # a column
    return never & (Draft.saved_at < before) & ~fn.EXISTS(case)
