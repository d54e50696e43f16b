from datetime import timedelta

import pytest

from renewal.domain.errors import InvalidValue
from renewal.office import accounts, setting_up
from renewal.office.acts import COMMAND, LABELS, Action, actor
from renewal.office.setting_up import NoLongerValid
from renewal.store.staff import Role
from tests.factories import at_once
from tests.staffing import PASSWORD, again, staffed


def test_an_account_is_handed_over_with_a_password_and_a_secret(services):
    given = accounts.add(services, " Wang ", Role.CLERK, COMMAND)
    assert given.member.name == "wang"
    assert given.member.first_password_at == services.now()
    assert (len(given.member.totp_secret), given.member.recovery) == (32, ())


def test_two_cannot_add_the_same_name_at_once(services):
    add = [lambda: accounts.add(services, "wang", Role.CLERK, COMMAND)] * 2
    outcomes = at_once(services, *add)
    assert sorted(type(each).__name__ for each in outcomes) == ["Given", "InvalidValue"]
    assert [act.action for act in services.event_log.acts("wang")] == [Action.ADD_STAFF]


def test_two_administrators_cannot_disable_each_other_at_once(services):
    one, two = (staffed(services, name, Role.ADMINISTRATOR) for name in ("one", "two"))
    outcomes = at_once(
        services,
        lambda: accounts.disable(services, one, actor(two)),
        lambda: accounts.disable(services, two, actor(one)),
    )
    assert sum(isinstance(each, InvalidValue) for each in outcomes) == 1
    assert [again(services, each).disabled for each in (one, two)].count(True) == 1


def test_the_last_administrator_stays_and_nothing_is_logged(services):
    boss = staffed(services, "boss", Role.ADMINISTRATOR)
    with pytest.raises(InvalidValue, match="最后一位管理员"):
        accounts.disable(services, boss, COMMAND)
    assert services.event_log.acts("boss") == []


def test_a_first_password_must_go_after_a_week(services, clock):
    member = accounts.add(services, "wang", Role.CLERK, COMMAND).member
    clock.go_on(days=7, seconds=-1)
    assert not accounts.must_change_password(services, member)
    clock.go_on(seconds=1)
    assert accounts.must_change_password(services, member)
    assert not accounts.must_change_password(services, staffed(services))
    assert timedelta(days=7) == accounts.FIRST_PASSWORD_FOR


def test_of_two_who_use_the_set_up_link_at_once_one_is_the_administrator(services):
    token = setting_up.token(services)
    tries = [lambda n=name: setting_up.set_up(services, token, n, PASSWORD, PASSWORD) for name in ("one", "two")]
    outcomes = at_once(services, *tries)
    assert sum(isinstance(each, NoLongerValid) for each in outcomes) == 1
    assert len(services.staff.list()) == 1


def test_a_disabled_administrator_opens_no_set_up_again(services):
    boss = staffed(services, "boss", Role.ADMINISTRATOR)
    services.staff.set_disabled(boss, True)
    assert setting_up.token(services) is None


def test_every_act_has_words_for_the_log():
    assert set(LABELS) >= set(Action)
    assert all(len(action) <= 20 for action in Action)
