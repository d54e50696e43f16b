from datetime import timedelta

import pytest

from renewal.store import models
from renewal.store.staff import Role
from renewal.store.staff_sessions import KEPT
from tests.factories import NOON, stored

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def sessions(services):
    return services.sessions


@pytest.fixture
def clerk(services):
    return services.staff.add("王科员", Role.CLERK, "hashed", NOON)


def begin(sessions, member, now=NOON):
    return sessions.begin(member, now, "192.0.2.1", "Chromium " * 100)


def test_a_session_is_found_by_its_secret_id_alone(services, sessions, clerk):
    session_id = begin(sessions, clerk)
    session = sessions.find(session_id)
    assert (session.member, session.address) == (clerk, "192.0.2.1")
    assert (session.created_at, session.seen_at, len(session.agent)) == (NOON, NOON, 200)
    (row,) = stored(services, models.StaffSession)
    assert row.id == session.handle != session_id
    assert sessions.find(session.handle) is None, "the database alone opens no session"
    assert sessions.find("") is None


def test_a_session_tells_when_it_was_used_last_and_leads_the_list(sessions, clerk):
    one, other = begin(sessions, clerk), begin(sessions, clerk)
    sessions.touch(sessions.find(one), LATER)
    assert (sessions.find(one).seen_at, sessions.find(other).seen_at) == (LATER, NOON)
    assert sessions.of(clerk) == [sessions.find(one), sessions.find(other)]


def test_a_revoked_session_is_over_and_the_others_go_on(services, sessions, clerk):
    one, other = begin(sessions, clerk), begin(sessions, clerk)
    handle = sessions.find(one).handle
    assert sessions.revoke(clerk, handle, NOON)
    assert not sessions.revoke(clerk, handle, LATER)
    assert sessions.find(one) is None
    assert sessions.of(clerk) == [sessions.find(other)]
    assert {row.revoked_at for row in stored(services, models.StaffSession)} == {NOON, None}


def test_nobody_revokes_anothers_session_under_ones_own_name(services, sessions, clerk):
    other = services.staff.add("李科员", Role.CLERK, "hashed", NOON)
    theirs = begin(sessions, other)
    assert not sessions.revoke(clerk, sessions.find(theirs).handle, NOON)
    assert sessions.find(theirs).member == other


def test_all_but_one_are_revoked_together(sessions, clerk):
    one, other = begin(sessions, clerk), begin(sessions, clerk)
    sessions.revoke_all(clerk, NOON, but=sessions.find(one).handle)
    assert sessions.find(one)
    assert sessions.find(other) is None
    sessions.revoke_all(clerk, NOON)
    assert sessions.of(clerk) == []


def test_who_is_disabled_is_out_at_once(services, sessions, clerk):
    session_id = begin(sessions, clerk)
    services.staff.set_disabled(clerk, True)
    assert sessions.find(session_id) is None
    assert sessions.of(clerk) == []


def test_sessions_are_remembered_for_half_a_year(services, sessions, clerk):
    begin(sessions, clerk)
    begin(sessions, clerk, NOON + KEPT)
    assert len(stored(services, models.StaffSession)) == 2
    begin(sessions, clerk, NOON + KEPT + timedelta(seconds=1))
    assert len(stored(services, models.StaffSession)) == 2
