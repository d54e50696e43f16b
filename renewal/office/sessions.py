"""Sessions of staff: over after a quarter of an hour without a request, and after twelve hours in any case."""

from datetime import timedelta

from renewal.office.acts import Action, actor
from renewal.services import Services
from renewal.store.staff import Member
from renewal.store.staff_sessions import Session

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
TOUCHED_EVERY = timedelta(seconds=5)  # a page with its parts is one use


def current(services: Services, session_id: str) -> Session | None:
    """The session with this secret id, used just now; None when it is over."""
    session = services.sessions.find(session_id)
    if session is None or _is_over(services, session):
        return None
    if services.now() - session.seen_at >= TOUCHED_EVERY:
        services.sessions.touch(session, services.now())
    return session


def open_of(services: Services, member: Member) -> list[Session]:
    """Where a member is signed in now, the last one used first."""
    return [session for session in services.sessions.of(member) if not _is_over(services, session)]


def sign_out(services: Services, session: Session) -> None:
    with services.database.transaction():
        services.sessions.revoke(session.member, session.handle, services.now())
        services.log(actor(session.member), Action.SIGN_OUT, session.member.name)


def end(services: Services, member: Member, handle: str, by: Member) -> bool:
    """End one session of `member` from elsewhere. Whether it was open still."""
    with services.database.transaction():
        ended = services.sessions.revoke(member, handle, services.now())
        if ended:
            services.log(actor(by), Action.SESSION_ENDED, member.name)
    return ended


def _is_over(services: Services, session: Session) -> bool:
    now = services.now()
    return now - session.seen_at >= IDLE or now - session.created_at >= LONGEST
