"""Telephone numbers: which are confirmed for whom, and the codes by which they are."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from peewee import EXCLUDED

from renewal.domain.sms import CODE_LASTS
from renewal.store.database import Store
from renewal.store.models import ConfirmedPhone as Row
from renewal.store.models import Draft, PhoneCode

TRIES = 5
"""Of one code: with five codes an hour, a guess in forty thousand."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    phone: str = field(repr=False)
    at: datetime


class Phones(Store):
    def confirm(self, draft_id: str, phone: str, now: datetime) -> None:
        """Instead of the number confirmed before. Runs inside a transaction."""
        sealed = self._sealer.seal(phone.encode(), f"phone:{draft_id}")
        insert = Row.insert(draft=draft_id, phone_index=self._index(phone), sealed=sealed, confirmed_at=now)
        update = {name: getattr(EXCLUDED, name) for name in ("phone_index", "sealed", "confirmed_at")}
        self._database.run(insert.on_conflict(conflict_target=[Row.draft], update=update))

    def forget(self, draft_id: str) -> None:
        """Runs inside a transaction."""
        self._database.run(Row.delete().where(Row.draft == draft_id))

    def is_confirmed(self, draft_id: str, phone: str) -> bool:
        """Whether it is this very number."""
        this = (Row.draft == draft_id) & (Row.phone_index == self._index(phone))
        return self._database.row(Row.select(Row.draft).where(this)) is not None

    def of(self, draft_id: str) -> Confirmed | None:
        """The number confirmed for a draft. Raises Unsealable."""
        row = self._database.row(Row.select().where(Row.draft == draft_id))
        return Confirmed(self._opened(row), row.confirmed_at) if row else None

    def drafts(self, id_number: str, phone: str) -> list[str]:
        """The ids of the drafts of an ID number for which this number was confirmed, last saved first."""
        of = (Draft.id_index == self._sealer.index("id_number", id_number)) & (Row.phone_index == self._index(phone))
        query = Draft.select(Draft.id).join(Row, on=Row.draft == Draft.id).where(of).order_by(Draft.saved_at.desc())
        return [row.id for row in self._database.rows(query)]

    def people(self) -> set[str]:
        """The keyed hashes of the ID numbers of all who confirmed one."""
        query = Draft.select(Draft.id_index).join(Row, on=Row.draft == Draft.id).distinct()
        return {row.id_index for row in self._database.rows(query)}

    def last_of(self, id_number: str) -> str | None:
        """The number that this person confirmed last. Raises Unsealable."""
        of = Draft.id_index == self._sealer.index("id_number", id_number)
        query = Row.select().join(Draft, on=Row.draft == Draft.id).where(of).order_by(Row.confirmed_at.desc())
        row = self._database.row(query)
        return self._opened(row) if row else None

    def put_code(self, asked: str, code: str, now: datetime) -> None:
        """The one good code of who asks for which number: an earlier one ends. Runs inside a transaction."""
        insert = PhoneCode.insert(
            asked=self._asked(asked), code=self._hash(asked, code), tries=0, expires_at=now + CODE_LASTS
        )
        update = {name: getattr(EXCLUDED, name) for name in ("code", "tries", "expires_at")}
        self._database.run(insert.on_conflict(conflict_target=[PhoneCode.asked], update=update))

    def is_asked(self, asked: str, now: datetime) -> bool:
        """Whether a code may still be typed."""
        return self._database.row(PhoneCode.select().where(self._good(asked, now))) is not None

    def use_code(self, asked: str, typed: str, now: datetime) -> bool:
        """Whether it is the code, which is good once. Each call is a try, kept before it is compared."""
        good = self._good(asked, now)
        with self._database.transaction():
            tried = self._database.run(PhoneCode.update(tries=PhoneCode.tries + 1).where(good))
            row = self._database.row(PhoneCode.select().where(PhoneCode.asked == self._asked(asked))) if tried else None
        if row is None or not hmac.compare_digest(row.code, self._hash(asked, typed)):
            return False
        used = (PhoneCode.asked == row.asked) & (PhoneCode.code == row.code)
        with self._database.transaction():
            return bool(self._database.run(PhoneCode.delete().where(used)))

    def over(self, now: datetime) -> int:
        """How many `sweep` would remove."""
        return len(self._database.rows(PhoneCode.select(PhoneCode.asked).where(PhoneCode.expires_at <= now)))

    def sweep(self, now: datetime) -> int:
        """Remove codes that are over; how many."""
        with self._database.transaction():
            return int(self._database.run(PhoneCode.delete().where(PhoneCode.expires_at <= now)))

    def _good(self, asked: str, now: datetime) -> object:
        return (PhoneCode.asked == self._asked(asked)) & (PhoneCode.tries < TRIES) & (PhoneCode.expires_at > now)

    def _asked(self, asked: str) -> str:
        return self._sealer.index("phone-asked", asked)

    def _hash(self, asked: str, code: str) -> str:
        return self._sealer.index("phone-code", f"{asked}\0{code}")

    def _opened(self, row: Any) -> str:
        return self._sealer.unseal(row.sealed, f"phone:{row.draft_id}").decode()

    def _index(self, phone: str) -> str:
        return self._sealer.index("phone", phone)
