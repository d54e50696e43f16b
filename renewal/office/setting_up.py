"""The first administrator: made by whoever has the link that the machine itself prints, and once."""

from hmac import compare_digest

from renewal.domain import credentials
from renewal.domain.errors import InvalidValue
from renewal.office import accounts, passwords, second_factor
from renewal.office.acts import COMMAND, Action
from renewal.services import Services
from renewal.store.staff import Member, Role


class NoLongerValid(Exception):
    """There is an administrator already, or the link is not ours."""


def token(services: Services) -> str | None:
    """What the link ends with; None once there is an administrator. The same at every start until then."""
    return None if accounts.administrators(services) else _token(services)


def check(services: Services, typed: str) -> None:
    """Raises NoLongerValid."""
    if accounts.administrators(services) or not compare_digest(typed.encode(), _token(services).encode()):
        raise NoLongerValid


def set_up(services: Services, typed: str, name: str, password: str, again: str) -> Member:
    """The first administrator, with a second factor still to be confirmed. Raises NoLongerValid, InvalidValue."""
    check(services, typed)
    name = credentials.username(name)
    hashed = passwords.hash_of(credentials.chosen(password, again, name))
    with services.database.transaction():
        services.log(COMMAND, Action.ADD_STAFF, name, Role.ADMINISTRATOR)  # in turn: of two at once one is the first
        check(services, typed)
        member = services.staff.add(name, Role.ADMINISTRATOR, hashed, services.now())
        if member is None:
            raise InvalidValue(f"已经有叫“{name}”的用户，请换一个用户名")
        services.staff.set_totp(member, second_factor.new_secret())
    return services.staff.get(member.id)


def _token(services: Services) -> str:
    return services.sealer.index("office setup", "the first administrator")
