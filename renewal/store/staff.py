"""Who works in the office, and their sessions: kept on the server, so that one can be ended from here."""

import secrets
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
    """An account. `totp_secret` and `recovery` are stored sealed, empty when there are none yet."""

    id: int
    name: str
    role: Role
    password_hash: str
    totp_secret: str
    recovery: tuple[str, ...]
    failures: int
    locked_until: datetime | None
    disabled: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    id: str
    member: Member
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str


class StaffStore(Store):
    """Reading a member raises Unsealable when what is sealed was altered or the key is gone."""

    def add(self, name: str, role: Role, password_hash: str, now: datetime) -> Member | None:
        """The new account, or None when the name is taken."""
        insert = models.Staff.insert(
            name=name, role=role, password_hash=password_hash, failures=0, disabled=False, created_at=now
        )
        return self.by_name(name) if self._database.run(insert.on_conflict_ignore().as_rowcount()) else None

    def find(self, member_id: int) -> Member | None:
        return self._one(models.Staff.id == member_id)

    def by_name(self, name: str) -> Member | None:
        return self._one(models.Staff.name == name)

    def list(self) -> list[Member]:
        """By name."""
        return [self._member(row) for row in self._database.rows(models.Staff.select().order_by(models.Staff.name))]

    def disable(self, member: Member, now: datetime) -> None:
        """Shut the account and end its sessions; the cases it worked on keep its name."""
        with self._database.transaction():
            self._database.run(models.Staff.update(disabled=True).where(models.Staff.id == member.id))
            self._revoke(models.StaffSession.staff == member.id, now)

    def keep_second_factor(self, member: Member, totp_secret: str, recovery: tuple[str, ...]) -> None:
        """`recovery` are hashes of the codes that stand in for a lost phone."""
        columns = {
            "totp_secret": self._sealer.seal_json(totp_secret, f"totp:{member.id}"),
            "recovery": self._sealer.seal_json(recovery, f"recovery:{member.id}"),
        }
        self._database.run(models.Staff.update(columns).where(models.Staff.id == member.id))

    def begin_session(self, member: Member, now: datetime, address: str, agent: str) -> str:
        """The secret id of a new session, for the cookie; only its keyed hash is kept."""
        session_id = secrets.token_urlsafe(32)
        begun = {"created_at": now, "seen_at": now, "address": address, "agent": agent[:200]}
        self._database.run(models.StaffSession.insert(id=self._index(session_id), staff=member.id, **begun))
        return session_id

    def session(self, session_id: str) -> Session | None:
        """The session, unless it was revoked or its member may not work here any more."""
        row, staff = models.StaffSession, models.Staff
        usable = (row.id == self._index(session_id)) & row.revoked_at.is_null() & ~staff.disabled
        found = self._database.row(row.select(row, staff).join(staff).where(usable))
        if found is None:
            return None
        member = self._member(found.staff)
        return Session(session_id, member, found.created_at, found.seen_at, found.address, found.agent)

    def touch(self, session_id: str, now: datetime) -> None:
        """It was used just now."""
        mine = models.StaffSession.id == self._index(session_id)
        self._database.run(models.StaffSession.update(seen_at=now).where(mine))

    def revoke(self, session_id: str, now: datetime) -> None:
        self._revoke(models.StaffSession.id == self._index(session_id), now)

    def _revoke(self, condition: Any, now: datetime) -> None:
        open_still = condition & models.StaffSession.revoked_at.is_null()
        self._database.run(models.StaffSession.update(revoked_at=now).where(open_still))

    def _one(self, condition: Any) -> Member | None:
        row = self._database.row(models.Staff.select().where(condition))
        return self._member(row) if row else None

    def _member(self, row: Any) -> Member:
        secret = self._sealer.unseal_json(row.totp_secret, f"totp:{row.id}") if row.totp_secret else ""
        recovery = self._sealer.unseal_json(row.recovery, f"recovery:{row.id}") if row.recovery else ()
        return Member(
            id=row.id,
            name=row.name,
            role=Role(row.role),
            password_hash=row.password_hash,
            totp_secret=secret,
            recovery=tuple(recovery),
            failures=row.failures,
            locked_until=row.locked_until,
            disabled=row.disabled,
            created_at=row.created_at,
        )

    def _index(self, session_id: str) -> str:
        return self._sealer.index("staff session", session_id)
