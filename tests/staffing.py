"""Members of staff for the tests, and what each signs in with."""

import re
from functools import cache

import pyotp
from flask import Flask

from renewal.office import passwords, second_factor
from renewal.services import Services
from renewal.store.staff import Member, Role
from tests.web.browser import Browser, Page

PASSWORD = "三更灯火五更鸡 at five"
ADDRESS = "198.51.100.7"


@cache
def password_hash(password: str = PASSWORD) -> str:
    return passwords.hash_of(password)


def staffed(services: Services, name: str = "王科员", role: Role = Role.CLERK, settled: bool = True) -> Member:
    """A member with a second factor; a settled one chose the password, used a code and has recovery codes."""
    now = services.now()
    member = services.staff.add(name, role, password_hash(), now, None if settled else now)
    assert member
    with services.database.transaction():
        services.staff.set_totp(member, second_factor.new_secret())
        if settled:
            services.staff.use_totp_step(member, 1)
            second_factor.new_recovery_codes(services, member)
    return again(services, member)


def again(services: Services, member: Member) -> Member:
    """The member as stored now."""
    found = services.staff.find(member.id)
    assert found
    return found


def code(services: Services, member: Member, steps: int = 0) -> str:
    """What the app on the phone shows, or showed and will show so many half minutes away."""
    return pyotp.TOTP(member.totp_secret).at(services.now(), counter_offset=steps)


class Desk(Browser):
    """A browser in the office; it asks from an address of its own."""

    def __init__(self, app: Flask, htmx: bool = False, address: str = ADDRESS) -> None:
        super().__init__(app, htmx)
        self.client.environ_base["REMOTE_ADDR"] = address

    def sign_in(self, member: Member, **other: str) -> Page:
        """By the form, with what is right unless said otherwise."""
        if not hasattr(self, "page") or "/office/login" not in {form.action for form in self.page.forms}:
            self.get("/office/login")
        right = {"username": member.name, "password": PASSWORD, "code": code(self.services, member)}
        return self.submit("/office/login", **(right | other))

    def enter(self, member: Member) -> "Desk":
        """Signed in already, as if by the form."""
        session_id = self.services.sessions.begin(member, self.services.now(), ADDRESS, "Chromium")
        with self.client.session_transaction("/office/") as session:
            session["_user_id"] = session_id
        return self


def shown(page: Page) -> list[str]:
    """The secrets that a page shows once: a first password and the app's secret, or recovery codes."""
    return re.findall(r'<b class="code[^"]*">([^<]+)</b>', page.html)
