"""The sessions of staff: kept on the server, so that one can be ended from here."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from renewal.store.database import Database, Store
from renewal.store.models import Staff, StaffSession
from renewal.store.sealed import Sealer
from renewal.store.staff import Member, StaffStore

KEPT = timedelta(days=180)  # as long as the log must be: where and when somebody signed in


@dataclass(frozen=True, slots=True)
class Session:
    """`handle` names it on pages and in the table, and opens nothing."""

    handle: str
    member: Member
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str


class StaffSessions(Store):
    def __init__(self, database: Database, sealer: Sealer) -> None:
        super().__init__(database, sealer)
        self._staff = StaffStore(database, sealer)

    def begin(self, member: Member, now: datetime, address: str, agent: str) -> str:
        """The secret id of a new session, for the cookie; only its keyed hash is kept."""
        session_id = secrets.token_urlsafe(32)
        begun = {"created_at": now, "seen_at": now, "address": address[:45], "agent": agent[:200]}
        self.sweep(now)
        self._database.run(StaffSession.insert(id=self._handle(session_id), staff=member.id, **begun))
        return session_id

    def expired(self, now: datetime) -> int:
        """How many may be removed."""
        return len(self._database.rows(StaffSession.select(StaffSession.id).where(_long_over(now))))

    def sweep(self, now: datetime) -> int:
        """Remove those begun longer ago than they are kept; how many."""
        with self._database.transaction():
            return int(self._database.run(StaffSession.delete().where(_long_over(now))))

    def find(self, session_id: str) -> Session | None:
        """The session, unless it was revoked or its member may not work here any more."""
        return next(iter(self._open(StaffSession.id == self._handle(session_id))), None)

    def of(self, member: Member) -> list[Session]:
        """Those not revoked, the last one used first."""
        return self._open(StaffSession.staff == member.id)

    def touch(self, session: Session, now: datetime) -> None:
        """It was used just now."""
        self._database.run(StaffSession.update(seen_at=now).where(StaffSession.id == session.handle))

    def revoke(self, member: Member, handle: str, now: datetime) -> bool:
        """Whether this session of this member was still open."""
        return self._revoke((StaffSession.id == handle) & (StaffSession.staff == member.id), now)

    def revoke_all(self, member: Member, now: datetime, but: str = "") -> None:
        """All of a member's, save the one with the handle `but`."""
        self._revoke((StaffSession.staff == member.id) & (StaffSession.id != but), now)

    def _open(self, condition: Any) -> list[Session]:
        usable = condition & StaffSession.revoked_at.is_null() & ~Staff.disabled
        query = StaffSession.select(StaffSession, Staff).join(Staff).where(usable)
        rows = self._database.rows(query.order_by(StaffSession.seen_at.desc(), StaffSession.id))
        return [
            Session(row.id, self._staff.member(row.staff), row.created_at, row.seen_at, row.address, row.agent)
            for row in rows
        ]

    def _revoke(self, condition: Any, now: datetime) -> bool:
        open_still = condition & StaffSession.revoked_at.is_null()
        return bool(self._database.run(StaffSession.update(revoked_at=now).where(open_still)))

    def _handle(self, session_id: str) -> str:
        return self._sealer.index("staff session", session_id)


def _long_over(now: datetime) -> Any:
    return StaffSession.created_at < now - KEPT
