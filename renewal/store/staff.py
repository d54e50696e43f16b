"""Who works in the office: accounts, what each signs in with, and nothing of their sessions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from renewal.store import models
from renewal.store.database import Store


class Role(StrEnum):
    CLERK = "clerk"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Member:
    """An account. `recovery` are keyed hashes of the codes that stand in for a lost phone, each good for once;
    `last_totp_step` counts half minutes since 1970: the last one whose code was used, None before the first."""

    id: int
    name: str
    role: Role
    password_hash: str
    totp_secret: str
    recovery: tuple[str, ...]
    disabled: bool
    created_at: datetime
    first_password_at: datetime | None
    last_totp_step: int | None


class StaffStore(Store):
    """Reading a member raises Unsealable when what is sealed was altered or the key is gone."""

    def add(
        self, name: str, role: Role, password_hash: str, now: datetime, first_password_at: datetime | None = None
    ) -> Member | None:
        """The new account, or None when the name is taken."""
        columns = {"name": name, "role": role, "password_hash": password_hash, "disabled": False, "created_at": now}
        insert = models.Staff.insert(**columns, first_password_at=first_password_at)
        return self.by_name(name) if self._database.run(insert.on_conflict_ignore().as_rowcount()) else None

    def find(self, member_id: int) -> Member | None:
        return self._one(models.Staff.id == member_id)

    def get(self, member_id: int) -> Member:
        """One that is certainly there."""
        (row,) = self._database.rows(models.Staff.select().where(models.Staff.id == member_id))
        return self.member(row)

    def by_name(self, name: str) -> Member | None:
        return self._one(models.Staff.name == name)

    def list(self) -> list[Member]:
        """By name."""
        return [self.member(row) for row in self._database.rows(models.Staff.select().order_by(models.Staff.name))]

    def set_disabled(self, member: Member, disabled: bool) -> None:
        """The cases it worked on keep its name; its sessions open nothing while it is disabled."""
        self._update(member, disabled=disabled)

    def set_password(self, member: Member, password_hash: str, first_password_at: datetime | None) -> None:
        """`first_password_at`: now for one that somebody else gave, None for one its owner chose."""
        self._update(member, password_hash=password_hash, first_password_at=first_password_at)

    def set_totp(self, member: Member, secret: str) -> None:
        """A new secret, of which no code was used yet; recovery codes of the old one are gone."""
        sealed = self._sealer.seal_json(secret, f"totp:{member.id}")
        self._update(member, totp_secret=sealed, recovery=None, last_totp_step=None)

    def set_recovery(self, member: Member, hashes: tuple[str, ...]) -> None:
        self._update(member, recovery=self._sealer.seal_json(hashes, f"recovery:{member.id}"))

    def use_recovery(self, member: Member, used: str) -> bool:
        """Whether this hash stood for a code not used before: of two at once one is taken."""
        (row,) = self._database.rows(models.Staff.select().where(models.Staff.id == member.id))
        hashes = self.member(row).recovery
        if used not in hashes:
            return False
        rest = self._sealer.seal_json([each for each in hashes if each != used], f"recovery:{member.id}")
        same = (models.Staff.id == member.id) & (models.Staff.recovery == row.recovery)
        return bool(self._database.run(models.Staff.update(recovery=rest).where(same)))

    def use_totp_step(self, member: Member, step: int) -> bool:
        """Whether no code of this half minute or a later one was used before: of two at once one is taken."""
        row = models.Staff
        unused = (row.id == member.id) & (row.last_totp_step.is_null() | (row.last_totp_step < step))
        return bool(self._database.run(row.update(last_totp_step=step).where(unused)))

    def member(self, row: Any) -> Member:
        """A row of the table."""
        secret = self._sealer.unseal_json(row.totp_secret, f"totp:{row.id}") if row.totp_secret else ""
        recovery = self._sealer.unseal_json(row.recovery, f"recovery:{row.id}") if row.recovery else ()
        return Member(
            id=row.id,
            name=row.name,
            role=Role(row.role),
            password_hash=row.password_hash,
            totp_secret=secret,
            recovery=tuple(recovery),
            disabled=row.disabled,
            created_at=row.created_at,
            first_password_at=row.first_password_at,
            last_totp_step=row.last_totp_step,
        )

    def _update(self, member: Member, **columns: Any) -> None:
        self._database.run(models.Staff.update(columns).where(models.Staff.id == member.id))

    def _one(self, condition: Any) -> Member | None:
        row = self._database.row(models.Staff.select().where(condition))
        return self.member(row) if row else None
