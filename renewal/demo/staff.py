"""Who works in the office of the demonstration."""

import pyotp

from renewal.office import accounts, passwords, sessions, signing_in
from renewal.office.accounts import Given
from renewal.office.acts import COMMAND
from renewal.office.signing_in import Origin
from renewal.services import Services
from renewal.store.staff import Role

HERE = Origin("", "")
TO_SIGN_IN = (("周科员", Role.CLERK), ("林主任", Role.ADMINISTRATOR), ("何审计", Role.AUDITOR))
COLLEAGUES = (("陈科员", Role.CLERK), ("孙科员", Role.CLERK))


def employ(services: Services) -> list[Given]:
    """All of them, who have been in already: what `TO_SIGN_IN` come in with now, then the colleagues."""
    return [_settled(services, accounts.add(services, name, role, COMMAND)) for name, role in TO_SIGN_IN + COLLEAGUES]


def _settled(services: Services, given: Given) -> Given:
    """Signed in once, with a password of one's own, and recovery codes put away."""
    code = pyotp.TOTP(given.member.totp_secret).at(services.now())
    member, _ = signing_in.sign_in(services, given.member.name, given.password, code, HERE)
    chosen = passwords.first()
    for session in sessions.open_of(services, member):
        accounts.change_password(services, session, given.password, chosen, chosen)
        sessions.sign_out(services, session)
    accounts.new_recovery_codes(services, member)
    return Given(services.staff.get(member.id), chosen)
