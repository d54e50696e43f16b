"""Accounts: added, reset, disabled by an administrator or by a command; passwords changed by their owners."""

from dataclasses import dataclass
from datetime import timedelta

from renewal import attempts
from renewal.domain import credentials
from renewal.domain.actor import Actor
from renewal.domain.errors import InvalidValue
from renewal.office import passwords, second_factor
from renewal.office.acts import Action, actor
from renewal.office.signing_in import Origin, counters_of
from renewal.services import Services
from renewal.store.staff import Member, Role
from renewal.store.staff_sessions import Session

FIRST_PASSWORD_FOR = timedelta(days=7)
"""So long a password that somebody else gave may be kept; then nothing else can be done before it is changed."""


@dataclass(frozen=True, slots=True)
class Given:
    """What an account is handed over with, once; it is stored nowhere in plain."""

    member: Member
    password: str


def add(services: Services, name: str, role: Role, by: Actor) -> Given:
    """An account with a first password and a second factor of its own. Raises InvalidValue."""
    password, name = passwords.first(), credentials.username(name)
    hashed = passwords.hash_of(password)
    with services.database.transaction():
        member = services.staff.add(name, role, hashed, services.now(), services.now())
        if member is None:
            raise InvalidValue(f"已经有叫“{name}”的用户，请换一个用户名")
        services.staff.set_totp(member, second_factor.new_secret())
        services.log(by, Action.ADD_STAFF, name, role)
    return Given(services.staff.get(member.id), password)


def reset(services: Services, member: Member, by: Actor) -> Given:
    """A new first password and second factor; whoever is signed in is out, and a lock is off."""
    password = passwords.first()
    hashed = passwords.hash_of(password)
    with services.database.transaction():
        services.staff.set_password(member, hashed, services.now())
        services.staff.set_totp(member, second_factor.new_secret())
        services.sessions.revoke_all(member, services.now())
        attempts.forget(services, counters_of(member.name, Origin("", "")))
        services.log(by, Action.RESET_STAFF, member.name)
    return Given(services.staff.get(member.id), password)


def disable(services: Services, member: Member, by: Actor) -> None:
    """Raises InvalidValue for oneself and for the last administrator."""
    if by == actor(member):
        raise InvalidValue("不能停用自己的账号，请由另一位管理员操作")
    with services.database.transaction():
        services.log(by, Action.DISABLE_STAFF, member.name)  # its turn in the log keeps two from disabling each other
        others = [other for other in administrators(services) if other.id != member.id and not other.disabled]
        if member.role is Role.ADMINISTRATOR and not others:
            raise InvalidValue("这是最后一位管理员，不能停用；请先添加另一位管理员")
        services.staff.set_disabled(member, True)
        services.sessions.revoke_all(member, services.now())


def enable(services: Services, member: Member, by: Actor) -> None:
    with services.database.transaction():
        services.staff.set_disabled(member, False)
        services.log(by, Action.ENABLE_STAFF, member.name)


def change_password(services: Services, session: Session, current: str, new: str, again: str) -> None:
    """By its owner; the other sessions end. Raises InvalidValue, and TooMany for who guesses the current one."""
    member, counters = session.member, counters_of(session.member.name, Origin("", ""))
    attempts.count(services, counters)
    if not passwords.fits(member.password_hash, current):
        raise InvalidValue("现在的密码不正确，请重新填写")
    if credentials.as_typed(current) == credentials.chosen(new, again, member.name):
        raise InvalidValue("新密码不能和现在的一样")
    hashed = passwords.hash_of(new)
    with services.database.transaction():
        attempts.forget(services, counters)
        services.staff.set_password(member, hashed, None)
        services.sessions.revoke_all(member, services.now(), but=session.handle)
        services.log(actor(member), Action.PASSWORD_CHANGED, member.name)


def new_recovery_codes(services: Services, member: Member) -> list[str]:
    """Ten, in place of those before."""
    with services.database.transaction():
        services.log(actor(member), Action.RECOVERY_CODES, member.name)
        return second_factor.new_recovery_codes(services, member)


def must_change_password(services: Services, member: Member) -> bool:
    """Whether a first password was kept for too long."""
    given = member.first_password_at
    return given is not None and services.now() - given >= FIRST_PASSWORD_FOR


def administrators(services: Services) -> list[Member]:
    """Disabled ones, too."""
    return [member for member in services.staff.list() if member.role is Role.ADMINISTRATOR]
