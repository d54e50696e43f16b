from datetime import timedelta

import pytest

from renewal.store import models
from renewal.store.sealed import Unsealable
from renewal.store.staff import Role, StaffStore
from tests.factories import NOON, stored

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def staff(services):
    return StaffStore(services.database, services.sealer)


@pytest.fixture
def clerk(staff):
    return staff.add("王科员", Role.CLERK, "hashed", NOON)


def test_an_account_comes_back_as_it_was_added(staff, clerk):
    assert (clerk.name, clerk.role, clerk.password_hash, clerk.created_at) == ("王科员", Role.CLERK, "hashed", NOON)
    assert (clerk.failures, clerk.locked_until, clerk.disabled) == (0, None, False)
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
    staff.keep_second_factor(clerk, "JBSWY3DPEHPK3PXP", ("one", "two"))
    found = staff.find(clerk.id)
    assert (found.totp_secret, found.recovery) == ("JBSWY3DPEHPK3PXP", ("one", "two"))
    (row,) = stored(services, models.Staff)
    assert b"JBSWY3DPEHPK3PXP" not in bytes(row.totp_secret)


def test_one_members_second_factor_does_not_open_for_another(services, staff, clerk):
    other = staff.add("李科员", Role.CLERK, "hashed", NOON)
    staff.keep_second_factor(clerk, "JBSWY3DPEHPK3PXP", ())
    (stolen, _) = stored(services, models.Staff)
    services.database.run(models.Staff.update(totp_secret=stolen.totp_secret).where(models.Staff.id == other.id))
    with pytest.raises(Unsealable):
        staff.find(other.id)


def test_a_session_is_found_by_its_secret_id_alone(services, staff, clerk):
    session_id = staff.begin_session(clerk, NOON, "192.0.2.1", "Chromium " * 100)
    session = staff.session(session_id)
    assert (session.id, session.member, session.address) == (session_id, clerk, "192.0.2.1")
    assert (session.created_at, session.seen_at, len(session.agent)) == (NOON, NOON, 200)
    (row,) = stored(services, models.StaffSession)
    assert row.id != session_id
    assert staff.session(row.id) is None, "the database alone opens no session"
    assert staff.session("") is None


def test_a_session_tells_when_it_was_used_last(staff, clerk):
    one, other = (staff.begin_session(clerk, NOON, "192.0.2.1", "") for _ in range(2))
    staff.touch(one, LATER)
    assert (staff.session(one).seen_at, staff.session(other).seen_at) == (LATER, NOON)


def test_a_revoked_session_is_over_and_the_others_go_on(services, staff, clerk):
    one, other = (staff.begin_session(clerk, NOON, "192.0.2.1", "") for _ in range(2))
    staff.revoke(one, NOON)
    staff.revoke(one, LATER)
    assert staff.session(one) is None
    assert staff.session(other).member == clerk
    assert {row.revoked_at for row in stored(services, models.StaffSession)} == {NOON, None}


def test_who_is_disabled_is_out_at_once_and_still_known(staff, clerk):
    session_id = staff.begin_session(clerk, NOON, "192.0.2.1", "")
    staff.disable(clerk, LATER)
    assert staff.session(session_id) is None
    assert staff.by_name("王科员").disabled
    again = staff.begin_session(clerk, LATER, "192.0.2.1", "")
    assert staff.session(again) is None
