"""Whoever writes into the database is found out; the first two of these verified in the first release."""

import pytest

from renewal.domain.actor import SYSTEM
from renewal.domain.application import Status
from renewal.store import audit, models
from renewal.store.audit import Fault, verify
from renewal.store.event_log import EventLog
from renewal.store.head import Head
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from tests.engines import about_loose_columns, change, drop, execute
from tests.factories import CLERK, NOON, at_once, moved, person, stored, submitted

EVENT, CASE, HEAD = models.Event, models.Application, models.ChainHead


@pytest.fixture
def first(services):
    """Two cases, five events: submitted, submitted, accepted, approved, accepted."""
    first, second = (submitted(services, person(serial)) for serial in (1, 2))
    first = moved(services, first, Status.APPROVED)
    moved(services, second, Status.ACCEPTED)
    return first


def faults(services, remembered: Head | None = None) -> list[Fault]:
    return [finding.fault for finding in verify(services.database, services.sealer, remembered).findings]


def test_an_untouched_log_is_whole(services, first):
    report = verify(services.database, services.sealer)
    assert (report.count, report.findings) == (5, [])
    assert report.head == EventLog(services.database, services.sealer).head()


def test_an_empty_log_is_whole(services):
    report = verify(services.database, services.sealer)
    assert (report.count, report.head.sequence, report.findings) == (0, 0, [])


@pytest.mark.parametrize("kept", [0, 1, 4])
def test_rows_cut_off_the_end_are_missed(services, first, kept):
    change(services, EVENT.delete().where(EVENT.sequence > kept))
    found = verify(services.database, services.sealer).findings
    assert found[0].fault is Fault.CUT_OFF
    assert f"应到第5条，现在只到第{kept}条" in found[0].text


def test_a_status_changed_beside_the_log_does_not_fit(services, first):
    change(services, CASE.update(status="declined").where(CASE.id == first.id))
    (finding,) = verify(services.database, services.sealer).findings
    assert finding.fault is Fault.STATUS
    assert first.number in finding.text


def test_a_case_set_back_together_with_its_last_rows_is_missed(services, first):
    accepted = stored(services, EVENT)[2]
    change(services, EVENT.delete().where(EVENT.sequence == 4))
    back = {"status": "accepted", "version": accepted.version, "head": accepted.hash}
    change(services, CASE.update(back).where(CASE.id == first.id))
    found = verify(services.database, services.sealer).findings
    assert found[0].fault is Fault.MISSING
    assert {finding.fault for finding in found[1:]} == {Fault.STATUS}


def test_an_end_written_by_hand_to_fit_a_cut_log_shows(services, first):
    last = stored(services, EVENT)[3]
    change(services, EVENT.delete().where(EVENT.sequence == 5))
    change(services, HEAD.update(sequence=last.sequence, hash=last.hash))
    assert Fault.CHANGED in faults(services)


def test_a_whole_database_set_back_is_found_by_who_remembers_its_end(services, first):
    before = {table: [row.__data__ for row in stored(services, table)] for table in (EVENT, CASE, HEAD)}
    services.applications.record(first, "note", SYSTEM, services.now())
    remembered = verify(services.database, services.sealer).head
    assert faults(services, remembered) == []
    change(services, EVENT.delete().where(EVENT.sequence > 5))
    for table in (CASE, HEAD):
        for row in before[table]:
            change(services, table.update(row).where(table.id == row["id"]))
    assert faults(services) == []
    assert faults(services, remembered) == [Fault.CUT_OFF]


def test_an_end_that_was_remembered_stays_known_when_the_log_grows(services, first):
    remembered = verify(services.database, services.sealer).head
    submitted(services, person(3))
    assert faults(services, remembered) == []
    assert faults(services, Head(remembered.sequence, "f" * 64)) == [Fault.CUT_OFF]


@pytest.mark.parametrize(
    "changed",
    [
        {"at": NOON.replace(year=2020)},
        {"actor": "某人"},
        {"actor_kind": "applicant"},
        {"action": "note"},
        {"source": "draft"},
        {"target": "no status at all"},
        {"version": 9},
        {"reason": "别的"},
        {"deadline": "2027-01-01"},
        {"evidence": "f" * 64},
        {"application": 2},
    ],
    ids=lambda changed: "-".join(changed),
)
def test_a_changed_row_shows(services, first, changed):
    change(services, EVENT.update(changed).where(EVENT.sequence == 3))
    assert faults(services)[0] is Fault.CHANGED


@pytest.mark.parametrize("sequence", [1, 3])
def test_a_row_taken_out_is_missed(services, first, sequence):
    change(services, EVENT.delete().where(EVENT.sequence == sequence))
    finding = verify(services.database, services.sealer).findings[0]
    assert finding.fault is Fault.MISSING
    assert f"第{sequence}条" in finding.text


def test_rows_in_another_order_show(services, first):
    for old, new in ((2, 9), (3, 2), (9, 3)):
        change(services, EVENT.update(sequence=new).where(EVENT.sequence == old))
    assert {Fault.REORDERED, Fault.CHANGED} <= set(faults(services))


def test_who_has_not_the_key_cannot_make_a_forged_log_fit(services, first):
    forger = EventLog(services.database, Sealer(Keys.fresh()))
    before = "0" * 64
    for row in forger.after(0, 100):
        row |= {"reason": "改过", "previous_hash": before}
        before = row["hash"] = forger.expected_hash(row)
        columns = {name: row[name] for name in ("reason", "previous_hash", "hash")}
        change(services, EVENT.update(columns).where(EVENT.id == row["id"]))
    assert faults(services).count(Fault.CHANGED) >= 5


def test_a_case_without_any_event_shows(services, first):
    change(services, EVENT.delete())
    change(services, HEAD.delete())
    assert set(faults(services)) == {Fault.STATUS}
    assert len({finding.text[:18] for finding in verify(services.database, services.sealer).findings}) == 2


@pytest.mark.parametrize("kept", [0, 1])
def test_a_case_that_is_only_in_the_log_is_asked_for(services, first, kept):
    change(services, CASE.delete().where(CASE.id > kept))
    assert faults(services) == [Fault.MISSING] * (2 - kept)
    assert "日志里的第2号办件不见了" in verify(services.database, services.sealer).findings[-1].text


def test_a_log_longer_than_a_page_is_read_to_its_end(services, first, monkeypatch):
    monkeypatch.setattr(audit, "PAGE", 2)
    assert verify(services.database, services.sealer).count == 5
    change(services, EVENT.update(reason="改过").where(EVENT.sequence == 5))
    assert faults(services) == [Fault.CHANGED]


def test_what_is_submitted_during_the_check_does_no_harm(services, first):
    with services.database.snapshot():
        services.applications.find(first.id)
        at_once(services, lambda: submitted(services, person(7)))
        assert len(stored(services, CASE)) == 2
    assert faults(services) == []


# What the app never writes.


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE event SET at = 'junk' WHERE sequence = 3",
        "UPDATE event SET hash = x'ff' WHERE sequence = 3",
        "UPDATE event SET sequence = 'zz' WHERE sequence = 3",
        "UPDATE event SET version = 'zz' WHERE sequence = 3",
        "UPDATE event SET evidence = x'ff' WHERE sequence = 1",
        "UPDATE event SET target = CAST(x'ff' AS TEXT) WHERE sequence = 3",
        "UPDATE application SET status = x'ff'",
        "UPDATE application SET status = CAST(x'ff' AS TEXT)",
        "UPDATE application SET submitted_at = 'junk'",
        "UPDATE application SET submissions = 'zz'",
        "UPDATE chain_head SET sequence = 'zz'",
        "UPDATE chain_head SET hash = x'ff'",
        "UPDATE submission SET answers = 'text'",
        "UPDATE submission SET position = 'zz'",
        "UPDATE submission SET submitted_at = 9",
        "UPDATE submission_picture SET sealed = 7",
    ],
)
@about_loose_columns
def test_what_the_app_never_writes_is_a_finding_and_no_crash(services, first, sql):
    execute(services.database, "PRAGMA foreign_keys = 0")
    execute(services.database, sql)
    assert verify(services.database, services.sealer).findings


@pytest.mark.parametrize("table", ["event", "application", "submission", "chain_head"])
def test_a_table_that_is_gone_is_a_finding_and_no_crash(services, first, table):
    drop(services, table)
    assert verify(services.database, services.sealer).findings


@about_loose_columns
def test_where_the_reading_stopped_is_told(services, first):
    execute(services.database, "UPDATE event SET at = 'junk' WHERE sequence = 3")
    (finding,) = verify(services.database, services.sealer).findings
    assert finding.fault is Fault.UNREADABLE
    assert "无法读取" in finding.text


# acts beside a case


@pytest.fixture
def acted(services):
    """Three acts around a case."""
    services.log(CLERK, "sign_in", "王科员")
    application = submitted(services)
    services.log(CLERK, "read_case", application.number)
    services.log(CLERK, "sign_out", "王科员")


def test_acts_are_verified_with_the_cases(services, acted):
    report = verify(services.database, services.sealer)
    assert (report.count, report.findings) == (4, [])


@pytest.mark.parametrize("changed", [{"subject": "YX0"}, {"subject": None}, {"actor": "李科员"}], ids=str)
def test_a_changed_act_is_found(services, acted, changed):
    change(services, EVENT.update(changed).where(EVENT.sequence == 3))
    assert faults(services) == [Fault.CHANGED]


def test_an_act_cut_off_the_end_is_found(services, acted):
    change(services, EVENT.delete().where(EVENT.sequence == 4))
    assert faults(services) == [Fault.CUT_OFF]
