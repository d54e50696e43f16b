from datetime import timedelta

import pytest

from renewal.store import models
from renewal.store.sealed import Unsealable
from renewal.store.staff import Role, StaffStore
from tests.factories import NOON, at_once, stored

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def staff(services):
    return StaffStore(services.database, services.sealer)


@pytest.fixture
def clerk(staff):
    return staff.add("王科员", Role.CLERK, "hashed", NOON)


def test_an_account_comes_back_as_it_was_added(staff, clerk):
    assert (clerk.name, clerk.role, clerk.password_hash, clerk.created_at) == ("王科员", Role.CLERK, "hashed", NOON)
    assert (clerk.disabled, clerk.first_password_at, clerk.last_totp_step) == (False, None, None)
    assert (clerk.totp_secret, clerk.recovery) == ("", ())
    assert staff.find(clerk.id) == staff.by_name("王科员") == clerk


def test_who_does_not_work_here_is_none(staff):
    assert staff.find(1) is None
    assert staff.by_name("王科员") is None
    assert staff.list() == []


def test_a_name_is_given_once(staff, clerk):
    assert staff.add("王科员", Role.ADMINISTRATOR, "other", LATER) is None
    assert staff.list() == [clerk]


def test_all_are_listed_by_name(staff):
    for name in ("b", "a", "c"):
        staff.add(name, Role.AUDITOR, "hashed", NOON)
    assert [member.name for member in staff.list()] == ["a", "b", "c"]


def test_the_second_factor_is_sealed_where_it_lies(services, staff, clerk):
    staff.set_totp(clerk, "JBSWY3DPEHPK3PXP")
    staff.set_recovery(clerk, ("one", "two"))
    found = staff.find(clerk.id)
    assert (found.totp_secret, found.recovery) == ("JBSWY3DPEHPK3PXP", ("one", "two"))
    (row,) = stored(services, models.Staff)
    assert b"JBSWY3DPEHPK3PXP" not in bytes(row.totp_secret)


def test_one_members_second_factor_does_not_open_for_another(services, staff, clerk):
    other = staff.add("李科员", Role.CLERK, "hashed", NOON)
    staff.set_totp(clerk, "JBSWY3DPEHPK3PXP")
    (stolen, _) = stored(services, models.Staff)
    services.database.run(models.Staff.update(totp_secret=stolen.totp_secret).where(models.Staff.id == other.id))
    with pytest.raises(Unsealable):
        staff.find(other.id)


def test_a_new_secret_takes_the_codes_of_the_old_one_along(staff, clerk):
    staff.set_totp(clerk, "JBSWY3DPEHPK3PXP")
    staff.set_recovery(clerk, ("one",))
    staff.use_totp_step(clerk, 7)
    staff.set_totp(clerk, "OLGV6PKXXTUHU3MM")
    found = staff.find(clerk.id)
    assert (found.totp_secret, found.recovery, found.last_totp_step) == ("OLGV6PKXXTUHU3MM", (), None)


def test_a_half_minute_is_used_once_and_none_before_it(staff, clerk):
    assert [staff.use_totp_step(clerk, step) for step in (7, 7, 6, 8)] == [True, False, False, True]


def test_of_two_who_use_one_code_at_once_one_gets_in(services, staff, clerk):
    staff.set_recovery(clerk, ("one", "two"))
    assert sorted(at_once(services, *[lambda: staff.use_totp_step(clerk, 7)] * 2)) == [False, True]
    tries = at_once(services, *[lambda: _in_turn(services, staff, clerk)] * 2)
    assert sorted(tries) == [False, True]
    assert staff.find(clerk.id).recovery == ("two",)


def _in_turn(services, staff, clerk):
    with services.database.transaction():
        return staff.use_recovery(clerk, "one")


def test_a_password_tells_since_when_somebody_else_knows_it(staff, clerk):
    staff.set_password(clerk, "given", LATER)
    assert (staff.find(clerk.id).password_hash, staff.find(clerk.id).first_password_at) == ("given", LATER)
    staff.set_password(clerk, "chosen", None)
    assert staff.find(clerk.id).first_password_at is None


def test_who_is_disabled_is_still_known_and_may_come_back(staff, clerk):
    staff.set_disabled(clerk, True)
    assert staff.by_name("王科员").disabled
    staff.set_disabled(clerk, False)
    assert not staff.by_name("王科员").disabled
