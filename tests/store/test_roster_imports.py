"""The states of an import, and the one write that makes it the roster."""

import pytest

from renewal.office.acts import COMMAND
from renewal.store.roster_imports import State, Superseded
from tests.engines import execute
from tests.factories import NOON, at_once
from tests.rosters import checked, imported, people


def test_only_from_what_was_expected_is_the_roster_switched(services) -> None:
    one = imported(services, people(1))
    with pytest.raises(Superseded):
        services.roster_imports.switch(None, one.id)
    assert services.roster_imports.current_id() == one.id


def test_of_two_who_confirm_at_once_one_does(services) -> None:
    one = checked(services, people(1))

    def switch():
        with services.database.transaction():
            services.roster_imports.switch(None, one.id)
            return "done"

    outcomes = at_once(services, switch, switch)
    assert outcomes.count("done") == 1
    assert any(isinstance(outcome, Superseded) for outcome in outcomes)


def test_a_state_changes_only_from_those_expected(services) -> None:
    one = services.roster_imports.begin("a.csv", COMMAND, NOON)
    with pytest.raises(Superseded):
        services.roster_imports.mark(one.id, State.CURRENT, State.READY)
    assert services.roster_imports.get(one.id).state is State.RECEIVING


def test_what_is_found_in_a_file_is_sealed(services) -> None:
    checked(services, people(1))
    [(found,)] = execute(services.database, "SELECT found FROM roster_import")
    assert "姓名".encode() not in bytes(found)
    assert services.roster_imports.in_hand().found["heading"][0] == "姓名"
