"""Registrations end with the last draft or case of the person: nothing else is done with them."""

from collections.abc import Iterable
from dataclasses import dataclass

from renewal.store.database import Database, Store
from renewal.store.models import Application, Draft
from renewal.store.people import People
from renewal.store.sealed import Sealer, Unsealable


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody as claimed (图5): another name with the same number is somebody else."""

    name: str
    id_number: str


class Registrations(Store):
    def __init__(self, database: Database, sealer: Sealer) -> None:
        super().__init__(database, sealer)
        self._people = People(database, sealer)

    def forget(self, people: Iterable[Who]) -> int:
        """Remove those of whom there is neither draft nor case any more; how many. Runs inside a transaction."""
        return sum(self._people.forget(who.name, who.id_number) for who in people if not self._needed(who))

    def claimed(self, draft: Draft) -> Who | None:
        """Of whom a stored draft is; None when nobody is claimed, or that cannot be read any more."""
        try:
            claim = self._sealer.unseal_json(draft.answers, f"draft:{draft.id}").get("verify")
        except Unsealable:
            return None
        return Who(claim["name"], claim["id_number"]) if claim else None

    def _needed(self, who: Who) -> bool:
        id_index, name_index = self._sealer.index("id_number", who.id_number), self._sealer.index("name", who.name)
        case = (Application.id_index == id_index) & (Application.name_index == name_index)
        if self._database.row(Application.select(Application.id).where(case)):
            return True
        drafts = self._database.rows(Draft.select().where(Draft.id_index == id_index))
        return any(self.claimed(draft) == who for draft in drafts)
