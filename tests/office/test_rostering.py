"""A roster comes in whole or not at all, after everybody saw what it would change."""

import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.domain.errors import InvalidValue
from renewal.office.acts import COMMAND, Action
from renewal.office.rostering import background, importing, preparing
from renewal.office.rostering.faults import table
from renewal.store import models
from renewal.store.roster_imports import Counts, State, Superseded
from tests.engines import about_sqlites_file
from tests.factories import SAME_FIXTURES, person, stored
from tests.rosters import HEADING, checked, file, imported, people, row
from tests.sheets.workbooks import workbook


def names(services) -> set[str]:
    """Who is registered, by number, among the first ten people."""
    return {str(serial) for serial in range(10) if services.roster.person(person(serial).id_number)}


def test_a_dry_run_changes_nothing(services) -> None:
    one = checked(services, people(3))
    assert (one.state, one.counts.new) == (State.READY, 3)
    assert names(services) == set()
    assert not services.roster.exists()


def test_a_confirmed_file_is_the_roster(services) -> None:
    imported(services, people(3))
    found = services.roster.person(person(1).id_number)
    assert found
    assert found.record["employer"] == "甲公司"
    assert found.record["specialty_1"] == "房屋建筑工程"
    assert names(services) == {"0", "1", "2"}


def test_a_dry_run_tells_what_would_change(services) -> None:
    imported(services, people(4))
    new = file(row(person(0)), row(person(1), 90), row(person(7)), row(person(8), 60, 身份证号="370101198003070011"))
    assert checked(services, new).counts == Counts(good=3, wrong=1, noted=0, new=1, changed=1, unchanged=1, missing=2)


def test_the_last_import_can_be_undone_and_no_more(services) -> None:
    imported(services, people(1))
    imported(services, people(2))
    last = imported(services, people(3))
    services.roster_rows.sweep()
    importing.undo(services, last.id, COMMAND)
    assert names(services) == {"0", "1"}
    now = services.roster_imports.current()
    assert now
    assert not importing.undoable(services, now)
    with pytest.raises(InvalidValue, match="有了变化"):
        importing.undo(services, now.id, COMMAND)
    assert names(services) == {"0", "1"}


def test_undoing_the_first_leaves_no_roster(services) -> None:
    importing.undo(services, imported(services, people(2)).id, COMMAND)
    assert not services.roster.exists()
    services.roster_rows.sweep()
    assert stored(services, models.RosterPerson) == []


def test_an_undone_import_is_not_undone_twice(services) -> None:
    one = imported(services, people(2))
    importing.undo(services, one.id, COMMAND)
    with pytest.raises(InvalidValue, match="有了变化"):
        importing.undo(services, one.id, COMMAND)


def test_what_was_looked_at_against_another_roster_is_not_taken(services) -> None:
    first = imported(services, people(1))
    waiting = checked(services, people(3))
    importing.undo(services, first.id, COMMAND)
    with pytest.raises(InvalidValue, match="有了变化"):
        importing.confirm(services, waiting.id, COMMAND, without_wrong=True)
    assert names(services) == set()


def test_wrong_rows_are_left_out_only_when_that_was_said(services) -> None:
    one = checked(services, file(row(person(0)), row(person(1), 有效期至="长期")))
    with pytest.raises(InvalidValue, match="有1行有误"):
        importing.confirm(services, one.id, COMMAND, without_wrong=False)
    importing.confirm(services, one.id, COMMAND, without_wrong=True)
    assert names(services) == {"0"}


def test_an_id_number_twice_names_both_rows(services) -> None:
    one = checked(services, file(row(person(0)), row(person(1)), row(person(0))))
    assert (one.counts.good, one.counts.wrong) == (2, 1)
    (fault,) = next(services.roster_rows.faults(one.id))
    assert fault.line == 4
    assert "与第2行" in fault.problems[0][2]


def test_what_is_wrong_is_told_row_by_row(services) -> None:
    one = checked(services, file(row(person(0), 身份证号="3.7E+17"), row(person(1), 手机号="0531-1234567")))
    heading, *told = (line for page in table(services, one.id) for line in page)
    assert heading[0] == "行号"
    assert [line[:3] for line in told] == [(2, "证件号码", "3.7E+17"), (3, "手机号码", "0531-1234567")]
    assert "没有导入" in told[0][4]
    assert "照常导入" in told[1][4]


def test_a_file_in_which_nothing_can_be_taken_is_not(services) -> None:
    one = checked(services, file(row(person(0), 有效期至="")))
    assert one.state is State.FAILED
    with pytest.raises(InvalidValue):
        importing.confirm(services, one.id, COMMAND, without_wrong=True)


def test_titles_above_the_heading_are_passed_over(services) -> None:
    title = workbook(
        ("2026年注册监理工程师名册",), (), HEADING, row(person(0)), change=lambda b: b.active.merge_cells("A1:G1")
    )
    assert checked(services, title).counts.good == 1


def test_merged_people_are_refused_in_words(services) -> None:
    data = workbook(HEADING, row(person(0)), row(person(1)), change=lambda book: book.active.merge_cells("E2:E3"))
    one = checked(services, data)
    assert (one.state, "E2:E3" in one.message) == (State.FAILED, True)


def test_columns_that_were_not_recognised_are_asked_for(services) -> None:
    heading = ("谁", "号", "到何时")
    data = file((person(0).name, person(0).id_number, "2026/08/01"), heading=heading)
    one = checked(services, data)
    assert one.state is State.UNMAPPED
    assert importing.missing_columns(one) == ["姓名", "证件号码", "有效期至"]
    chosen = importing.columns_chosen({"name": "0", "id_number": "1", "valid_until": "2", "phone": ""})
    again = importing.again(services, one.id, chosen)
    preparing.prepare(importing.workshop(services), again, io.BytesIO(data))
    assert services.roster_imports.get(one.id).counts.good == 1


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"name": "0", "id_number": "1"}, "有效期至"),
        ({"name": "0", "id_number": "0", "valid_until": "1"}, "同一列"),
        ({"name": "-1", "id_number": "x", "valid_until": "1"}, "姓名"),
    ],
)
def test_columns_chosen_wrongly_are_asked_for_again(posted: dict[str, str], words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        importing.columns_chosen(posted)


@pytest.mark.parametrize("size", [0, 200])
def test_a_file_that_is_too_large_is_refused_before_it_is_read(size: int) -> None:
    with pytest.raises(InvalidValue, match=r"请选择|超过"):
        importing.check_size(size * importing.MEGABYTE, 100 * importing.MEGABYTE)


def test_while_a_file_is_looked_at_no_other_is(services, clock) -> None:
    importing.receive(services, "甲.csv", COMMAND)
    with pytest.raises(InvalidValue, match=r"甲\.csv"):
        importing.receive(services, "乙.csv", COMMAND)
    clock.go_on(seconds=importing.INTERRUPTED_AFTER.seconds + 1)
    assert importing.receive(services, "乙.csv", COMMAND)


def _kept(services, data: bytes):
    one = importing.receive(services, "名册.csv", COMMAND)
    services.roster_rows.keep(one.id, io.BytesIO(data))
    return importing.received(services, one)


def test_a_run_that_was_killed_says_so_and_can_be_repeated(services, clock, monkeypatch) -> None:
    imported(services, people(2))
    monkeypatch.setattr(preparing, "BATCH", 2)
    one = _kept(services, people(7))
    reading = services.roster_rows.add
    calls = []

    def killed(*given) -> None:
        calls.append(given)
        if len(calls) == 2:
            raise KeyboardInterrupt
        reading(*given)

    with monkeypatch.context() as patch:
        patch.setattr(type(services.roster_rows), "add", lambda _self, *given: killed(*given))
        with pytest.raises(KeyboardInterrupt):
            background.run(importing.workshop(services), one.id, one.run)
    assert names(services) == {"0", "1"}
    clock.go_on(seconds=60)
    assert importing.interrupted(services, services.roster_imports.get(one.id))
    again = importing.again(services, one.id)
    background.run(importing.workshop(services), one.id, again.run)
    assert services.roster_imports.get(one.id).counts == Counts(good=7, new=5, unchanged=2)


def test_of_two_processes_on_one_file_the_first_stops(services, clock) -> None:
    one = _kept(services, people(3))
    clock.go_on(seconds=60)
    importing.again(services, one.id)
    with pytest.raises(Superseded):
        preparing.prepare(importing.workshop(services), one, io.BytesIO(people(3)))


def test_half_a_file_is_never_read(services, clock) -> None:
    one = importing.receive(services, "名册.csv", COMMAND)
    services.roster_rows.keep(one.id, io.BytesIO(people(3)[:100]))
    clock.go_on(seconds=60)
    with pytest.raises(InvalidValue, match="没有传完"):
        importing.again(services, one.id)


def test_what_was_given_up_is_gone(services) -> None:
    one = _kept(services, people(3) + file(row(person(4), 有效期至="")))
    background.run(importing.workshop(services), one.id, one.run)
    importing.give_up(services, one.id, COMMAND)
    services.roster_rows.sweep()
    for kind in (models.RosterPiece, models.RosterPerson, models.RosterFault):
        assert stored(services, kind) == []


def test_of_a_roster_in_use_the_file_is_not_kept(services) -> None:
    one = _kept(services, people(3))
    background.run(importing.workshop(services), one.id, one.run)
    importing.confirm(services, one.id, COMMAND, without_wrong=True)
    services.roster_rows.sweep()
    assert stored(services, models.RosterPiece) == []
    assert names(services) == {"0", "1", "2"}


def test_every_act_is_logged(services) -> None:
    importing.undo(services, imported(services, people(2)).id, COMMAND)
    importing.give_up(services, checked(services, people(1)).id, COMMAND)
    acts = [(act.action, act.reason[:5]) for act in services.event_log.acts("名册.csv")]
    assert acts == [
        (Action.CHECK_ROSTER, ""),
        (Action.IMPORT_ROSTER, "名册2人："),
        (Action.UNDO_ROSTER, "名册2人："),
        (Action.CHECK_ROSTER, ""),
        (Action.DROP_ROSTER, ""),
    ]


@about_sqlites_file
def test_nothing_personal_is_stored_in_the_open(services, tmp_path) -> None:
    imported(services, people(3))
    services.database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stored_bytes = (tmp_path / "renewal.db").read_bytes()
    for secret in (person(1).id_number, person(1).name, person(1).phone, "甲公司"):
        assert secret.encode() not in stored_bytes


@SAME_FIXTURES
@given(st.lists(st.tuples(st.sampled_from(["import", "undo", "check", "drop"]), st.integers(1, 4)), max_size=8))
def test_generations_never_mix(services, acts) -> None:
    """Whatever happens in whatever order: everybody in the roster is of one file, and all of that file are."""
    for act, count in acts:
        current, waiting = services.roster_imports.current(), services.roster_imports.in_hand()
        if act == "import":
            imported(services, people(count, days=count))
        elif act == "check":
            checked(services, people(count, days=count))
        elif act == "drop" and waiting:
            importing.give_up(services, waiting.id, COMMAND)
        elif act == "undo" and current and importing.undoable(services, current):
            importing.undo(services, current.id, COMMAND)
        services.roster_rows.sweep()
        found = [services.roster.person(person(serial).id_number) for serial in range(4)]
        there = [one for one in found if one]
        assert len({one.record["valid_until"] for one in there}) <= 1
        now = services.roster_imports.current()
        assert len(there) == (now.counts.good if now else 0)


def test_a_check_takes_turns_with_those_who_write(services, monkeypatch) -> None:
    """Between two batches the lock is free: an applicant's step never waits for a whole file."""
    monkeypatch.setattr(preparing, "BATCH", 2)
    free = []
    real = type(services.roster_rows).person

    def spied(self, *given):
        free.append(not services.database._lock.locked())
        return real(self, *given)

    monkeypatch.setattr(type(services.roster_rows), "person", spied)
    checked(services, people(6))
    assert free == [True] * 6


def test_an_import_waits_for_nobody_for_ever(services, clock) -> None:
    one = importing.receive(services, "名册.csv", COMMAND)
    assert not importing.interrupted(services, one)
    clock.moment += importing.INTERRUPTED_AFTER + timedelta(seconds=1)
    assert importing.interrupted(services, one)
