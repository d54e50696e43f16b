"""Signing in: name, password and code together, a few tries at a time, and the same answer whatever was wrong."""

from dataclasses import dataclass

from renewal import attempts
from renewal.attempts import MINUTE, Counter, Limit
from renewal.domain.credentials import username
from renewal.domain.errors import InvalidValue
from renewal.office import passwords, second_factor
from renewal.office.acts import Action, actor
from renewal.services import Services
from renewal.store.staff import Member

TRIES = Limit(5, 15 * MINUTE)
"""Five failures, then a quarter of an hour of rest: of one account, and of one address."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody signs in: an address, empty when it is not the visitor's own, and a browser's name of itself."""

    address: str
    agent: str


class Refused(Exception):
    """Name, password or code is wrong, or the account is disabled: nobody is told which."""


class Unconfirmed(Exception):
    """Name and password are right, but no code was given yet, nor was there ever one: the app is to be set up."""

    def __init__(self, member: Member) -> None:
        super().__init__(member.name)
        self.member = member


def sign_in(services: Services, name: str, password: str, code: str, origin: Origin) -> tuple[Member, str]:
    """Who it is, and the secret id of the new session. Raises Refused, Unconfirmed, TooMany."""
    counters = counters_of(name, origin)
    attempts.count(services, counters)
    member = services.staff.by_name(_name(name))
    right = passwords.fits(member.password_hash if member else passwords.NOBODYS, password)
    if member is None or not right or member.disabled:
        raise _refused(services, member, origin)
    if not code.strip() and member.last_totp_step is None:
        _forget(services, counters)
        raise Unconfirmed(member)
    return member, _begin(services, member, code, origin, counters)


def confirm(services: Services, member: Member, code: str, origin: Origin) -> str:
    """The first code of an app that was just set up: the secret id of the new session. Raises Refused, TooMany."""
    counters = counters_of(member.name, origin)
    attempts.count(services, counters)
    if member.disabled or member.last_totp_step is not None:
        raise _refused(services, member, origin)
    return _begin(services, member, code, origin, counters)


def counters_of(name: str, origin: Origin) -> list[Counter]:
    """Also of names that no account has, so that nothing tells them apart."""
    of_account = Counter(TRIES, ("office", "account", _name(name)))
    of_address = Counter(TRIES, ("office", "address", origin.address))
    return [of_account, of_address] if origin.address else [of_account]


def _begin(services: Services, member: Member, code: str, origin: Origin, counters: list[Counter]) -> str:
    with services.database.transaction():
        taken = second_factor.take(services, member, code)
        if taken:
            attempts.forget(services, counters)
            services.log(actor(member), Action.SIGN_IN, member.name, origin.address)
            return services.sessions.begin(member, services.now(), origin.address, origin.agent)
    raise _refused(services, member, origin)


def _refused(services: Services, member: Member | None, origin: Origin) -> Refused:
    if member:
        services.log(actor(member), Action.SIGN_IN_FAILED, member.name, origin.address)
    return Refused()


def _forget(services: Services, counters: list[Counter]) -> None:
    with services.database.transaction():
        attempts.forget(services, counters)


def _name(typed: str) -> str:
    """As accounts are called; what cannot be a name is one that nobody has."""
    try:
        return username(typed[:60])
    except InvalidValue:
        return ""
