"""Who registered (图6), and the pictures chosen for profiles (图2)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from renewal.store.database import Store
from renewal.store.models import Applicant, Avatar
from renewal.store.prepared import Prepared

REGISTERED = Prepared(
    lambda person_index: Applicant.select(Applicant.id).where(Applicant.person_index == person_index),
    person_index=Applicant.person_index,
)


class People(Store):
    """Found by a keyed hash of ID number and name together; nothing of a registration is read back yet."""

    def knows(self, name: str, id_number: str) -> bool:
        """Whether exactly this name registered with exactly this number."""
        return self._database.row(REGISTERED(person_index=self._index(name, id_number))) is not None

    def register(self, person: Mapping[str, str], now: datetime) -> None:
        """Keep name, id_type, id_number and phone. Registering twice changes nothing."""
        index = self._index(person["name"], person["id_number"])
        sealed = self._sealer.seal_json(dict(person), f"applicant:{index}")
        insert = Applicant.insert(person_index=index, sealed=sealed, created_at=now)
        self._database.run(insert.on_conflict_ignore())

    def keep_avatar(self, device: str, jpeg: bytes, now: datetime) -> str:
        """Keep a picture of 96×96 pixels as this browser's only one; the id under which `avatar` gives it back."""
        avatar_id = self._sealer.index("avatar", device)[:32]
        sealed = self._sealer.seal(jpeg, f"avatar:{avatar_id}")
        insert = Avatar.insert(id=avatar_id, sealed=sealed, used_at=now)
        replaced = {Avatar.sealed: sealed, Avatar.used_at: now}
        self._database.run(insert.on_conflict(conflict_target=[Avatar.id], update=replaced))
        return avatar_id

    def remove_avatar(self, avatar_id: str) -> None:
        self._database.run(Avatar.delete().where(Avatar.id == avatar_id))

    def use_avatar(self, avatar_id: str, now: datetime) -> None:
        """It is shown now: noted once a day."""
        stale = (Avatar.id == avatar_id) & (Avatar.used_at < now - timedelta(days=1))
        if self._database.row(Avatar.select(Avatar.id).where(stale)):
            with self._database.transaction():
                self._database.run(Avatar.update(used_at=now).where(stale))

    def unused_avatars(self, before: datetime) -> list[str]:
        """The ids of those that were last shown before that."""
        return [row.id for row in self._database.rows(Avatar.select(Avatar.id).where(Avatar.used_at < before))]

    def remove_unused(self, avatar_ids: list[str], before: datetime) -> int:
        """Those among them that were not shown since; how many."""
        unused = Avatar.id.in_(avatar_ids) & (Avatar.used_at < before)
        with self._database.transaction():
            return int(self._database.run(Avatar.delete().where(unused)))

    def forget(self, name: str, id_number: str) -> int:
        """Remove the registration; how many there were. Runs inside a transaction."""
        index = self._index(name, id_number)
        return int(self._database.run(Applicant.delete().where(Applicant.person_index == index)))

    def avatar(self, avatar_id: str) -> bytes | None:
        """The JPEG, or None. Raises Unsealable."""
        row = self._database.row(Avatar.select().where(Avatar.id == avatar_id))
        return self._sealer.unseal(row.sealed, f"avatar:{avatar_id}") if row else None

    def _index(self, name: str, id_number: str) -> str:
        return self._sealer.index("person", f"{id_number}\0{name}")
