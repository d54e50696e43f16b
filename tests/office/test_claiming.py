"""领办: a case is in one pair of hands."""

from collections import Counter

import pytest

from renewal.domain.application import OPEN, MoveRefused, Status
from renewal.office import accounts, claiming
from renewal.office.acts import Action, actor
from renewal.office.claiming import Held
from renewal.store.applications import Application
from renewal.store.staff import Role
from tests.casework import actions, confirmed, faults, now
from tests.engines import read_only
from tests.factories import WAYS, at_once, moved, person, submitted
from tests.staffing import staffed


@pytest.fixture
def wang(services):
    return staffed(services, "王科员")


@pytest.fixture
def zhao(services):
    return staffed(services, "赵科员")


@pytest.fixture
def case(services):
    return confirmed(services)


def test_who_takes_a_case_on_has_it_in_hand(services, case, wang):
    claimed = claiming.claim(services, case, wang)
    assert claimed == now(services, case)
    assert (claimed.clerk, claiming.holder(services, claimed)) == (wang.id, "王科员")
    event = services.applications.events(case.id)[-1]
    assert (event.action, event.actor.name, event.at) == (Action.CLAIM, "王科员", services.now())


def test_taking_it_on_twice_is_once(services, case, wang):
    claiming.claim(services, case, wang)
    claiming.claim(services, case, wang)
    assert actions(services, case).count(Action.CLAIM) == 1


def test_the_slower_one_reads_who_was_faster_and_when(services, case, wang, zhao):
    claiming.claim(services, case, wang)
    with pytest.raises(Held, match="王科员已在2026/06/15 12:00领办了这件申请"):
        claiming.claim(services, case, zhao)
    assert now(services, case).clerk == wang.id


def test_of_clerks_in_the_same_second_one_gets_it(services, case):
    clerks = [staffed(services, f"科员{serial}") for serial in range(4)]
    outcomes = at_once(services, *[lambda clerk=clerk: claiming.claim(services, case, clerk) for clerk in clerks])
    assert Counter(type(outcome) for outcome in outcomes) == {Application: 1, Held: 3}
    (winner,) = [outcome for outcome in outcomes if isinstance(outcome, Application)]
    assert now(services, case).clerk == winner.clerk
    assert actions(services, case).count(Action.CLAIM) == 1
    assert faults(services) == []


def test_what_was_read_before_another_took_it_on_is_not_believed(services, case, wang, zhao):
    """Whoever holds an older reading in hand asks the database, not that."""
    claiming.claim(services, case, wang)
    assert case.clerk is None
    with pytest.raises(Held):
        claiming.hold(services, case, case.version, zhao)


@pytest.mark.parametrize("status", [status for status in WAYS if status not in OPEN])
def test_a_closed_case_is_nobodys_to_take_on(services, wang, status):
    closed = moved(services, submitted(services, person(1)), status)
    for verb in (claiming.claim, claiming.take_over):
        with pytest.raises(MoveRefused, match="不用再办了"):
            verb(services, closed, wang)
    assert now(services, closed).clerk is None


def test_given_back_it_is_anybodys(services, case, wang, zhao):
    claiming.claim(services, case, wang)
    assert claiming.give_back(services, case, wang).clerk is None
    assert claiming.claim(services, case, zhao).clerk == zhao.id


@pytest.mark.parametrize("held", [True, False])
def test_nobody_gives_back_what_is_not_theirs(services, case, wang, zhao, held):
    if held:
        claiming.claim(services, case, wang)
    with pytest.raises(Held, match="不在您手里"):
        claiming.give_back(services, case, zhao)
    assert now(services, case).clerk == (wang.id if held else None)


def test_a_clerk_waits_a_day_before_taking_over(services, case, wang, zhao, clock):
    claiming.claim(services, case, wang)
    clock.go_on(hours=23, minutes=59)
    with pytest.raises(Held, match="满一天后才能接手"):
        claiming.take_over(services, case, zhao)
    assert now(services, case).clerk == wang.id
    clock.go_on(minutes=1)
    assert claiming.take_over(services, case, zhao).clerk == zhao.id
    assert services.applications.events(case.id)[-1].reason == "原由王科员办理"


def test_the_day_counts_from_who_has_it_now(services, case, wang, zhao, clock):
    claiming.claim(services, case, wang)
    clock.go_on(hours=23)
    claiming.give_back(services, case, wang)
    claiming.claim(services, case, zhao)
    clock.go_on(hours=2)
    with pytest.raises(Held, match="赵科员在2026/06/16 11:00才领办"):
        claiming.take_over(services, case, wang)


def test_an_administrator_need_not_wait(services, case, wang):
    chief = staffed(services, "刘主任", Role.ADMINISTRATOR)
    claiming.claim(services, case, wang)
    assert claiming.take_over(services, case, chief).clerk == chief.id


def test_nor_does_anybody_for_who_left(services, case, wang, zhao):
    claiming.claim(services, case, wang)
    accounts.disable(services, wang, actor(zhao))
    assert claiming.take_over(services, case, zhao).clerk == zhao.id


def test_of_two_who_take_over_at_once_one_gets_it(services, case, wang):
    chiefs = [staffed(services, f"主任{serial}", Role.ADMINISTRATOR) for serial in range(2)]
    claiming.claim(services, case, wang)
    at_once(services, *[lambda chief=chief: claiming.take_over(services, case, chief) for chief in chiefs])
    assert now(services, case).clerk in {chief.id for chief in chiefs}
    assert faults(services) == []


def test_taking_over_what_is_free_or_ones_own_is_taking_on(services, case, wang):
    assert claiming.take_over(services, case, wang).clerk == wang.id
    assert claiming.take_over(services, case, wang).clerk == wang.id
    assert actions(services, case).count(Action.CLAIM) == 1
    assert Action.TAKE_OVER not in actions(services, case)


def test_a_returned_case_comes_back_to_its_clerk(services, case, wang):
    claimed = claiming.claim(services, case, wang)
    assert moved(services, claimed, Status.RETURNED).clerk == wang.id


def test_what_cannot_be_written_is_claimed_by_nobody(services, case, wang):
    with read_only(services), pytest.raises(Exception, match=r"read-?only"):
        claiming.claim(services, case, wang)
    assert now(services, case).clerk is None
