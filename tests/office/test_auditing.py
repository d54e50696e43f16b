"""The log as its auditors use it: every way to tamper with it shows on the page, too, and nothing in it goes."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

import renewal
from renewal.domain.application import LABELS as STATUSES
from renewal.domain.application import Status
from renewal.office import acts, auditing
from renewal.office.acts import Action
from renewal.store import models
from renewal.store.audit import Fault, verify
from renewal.store.event_log import MOVE
from renewal.store.head import BEGINNING
from renewal.store.keys import Keys
from renewal.store.log_search import Wanted
from renewal.store.sealed import Sealer
from tests.engines import change
from tests.factories import moved, person, stored, submitted
from tests.staffing import staffed

EVENT, HEAD = models.Event, models.ChainHead


@pytest.fixture
def auditor(services):
    return staffed(services, "审计")


@pytest.fixture
def logged(services):
    """Five rows."""
    first, second = (submitted(services, person(serial)) for serial in (1, 2))
    moved(services, first, Status.APPROVED)
    moved(services, second, Status.ACCEPTED)


def faults(services, auditor, remembered=None) -> list[Fault]:
    return [finding.fault for finding in auditing.check(services, auditor, remembered).findings]


def test_a_whole_log_is_said_to_be_and_who_asked_is_in_it(services, logged, auditor):
    report = auditing.check(services, auditor)
    assert (report.count, report.findings, auditing.said(report)) == (5, [], "完整，第1条至第5条")
    last = auditing.last_check(services)
    assert (last.actor.name, last.reason, last.subject) == ("审计", "完整，第1条至第5条", "日志")
    assert verify(services.database, services.sealer).findings == []


def test_an_empty_log_is_whole(services, auditor):
    assert auditing.said(auditing.check(services, auditor)) == "完整，第0条至第0条"


TAMPERED = {
    "changed": (EVENT.update(actor="李科员").where(EVENT.sequence == 2), Fault.CHANGED),
    "dated back": (EVENT.update(at=models.Event.at.python_value("2026-01-01 00:00:00")), Fault.CHANGED),
    "missing": (EVENT.delete().where(EVENT.sequence == 3), Fault.MISSING),
    "first one missing": (EVENT.delete().where(EVENT.sequence == 1), Fault.MISSING),
    "cut off": (EVENT.delete().where(EVENT.sequence >= 4), Fault.CUT_OFF),
    "all gone": (EVENT.delete(), Fault.CUT_OFF),
    "end written by hand": (HEAD.update(seal="0" * 64), Fault.CHANGED),
    "end gone": (HEAD.delete(), Fault.CHANGED),
}


@pytest.mark.parametrize(("query", "fault"), TAMPERED.values(), ids=TAMPERED)
def test_whoever_writes_into_the_log_is_found_out(services, logged, auditor, query, fault):
    change(services, query)
    assert fault in faults(services, auditor)


def test_rows_in_another_order_are_found(services, logged, auditor):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        change(services, EVENT.update(sequence=new).where(EVENT.sequence == old))
    assert Fault.REORDERED in faults(services, auditor)


def test_who_has_not_the_key_cannot_chain_it_anew(services, logged, auditor):
    stranger = type(services.event_log)(services.database, Sealer(Keys.fresh()))
    before = BEGINNING.hash
    for row in stranger.after(0, 50):
        row["previous_hash"] = before
        row["hash"] = before = stranger.expected_hash(row)
        chained = {"previous_hash": row["previous_hash"], "hash": before}
        change(services, EVENT.update(chained).where(EVENT.sequence == row["sequence"]))
    assert set(faults(services, auditor)) == {Fault.CHANGED}


def test_an_anchor_on_paper_finds_a_database_set_back(services, logged, auditor):
    anchor = services.event_log.head()
    assert faults(services, auditor, anchor) == []
    forged = type(anchor)(anchor.sequence, "0" * 64)
    beyond = type(anchor)(1000, anchor.hash)
    assert faults(services, auditor, forged) == faults(services, auditor, beyond) == [Fault.CUT_OFF]


def test_of_a_long_log_the_end_is_checked_and_an_older_anchor_still_found(services, logged, auditor, monkeypatch):
    anchor = services.event_log.head()
    monkeypatch.setattr(auditing, "LONGEST", 3)
    services.log(acts.COMMAND, Action.SIGN_OUT, "王科员")
    change(services, EVENT.update(actor="李科员").where(EVENT.sequence == 1))
    report = auditing.check(services, auditor, anchor)
    assert (report.count, auditing.said(report)) == (3, "完整，第4条至第6条")
    change(services, EVENT.update(actor="李科员").where(EVENT.sequence == 5))
    report = auditing.check(services, auditor)
    assert auditing.said(report) == "有1处问题，第5条至第7条"


def test_an_export_ends_with_itself_and_with_the_anchor_after_it(services, logged, auditor):
    anchor, pages = auditing.export(services, auditor, Wanted(), "全部")
    entries = [entry for page in pages for entry in page]
    assert [entry.sequence for entry in entries] == [1, 2, 3, 4, 5, 6]
    assert (entries[-1].action, entries[-1].actor.name, entries[-1].reason) == ("export_log", "审计", "全部")
    assert anchor == f"6:{entries[-1].hash}" == str(services.event_log.head())


def test_a_broken_log_is_exported_all_the_more(services, logged, auditor):
    change(services, HEAD.update(seal="0" * 64))
    anchor, pages = auditing.export(services, auditor, Wanted(), "全部")
    assert anchor == "末端的标记被改动过"
    assert len([entry for page in pages for entry in page]) == 5


def test_of_everything_that_is_logged_the_office_has_a_word():
    assert {acts.label(MOVE, status) for status in Status} == set(STATUSES.values())
    assert all(acts.label(action, Status.SUBMITTED) != action for action in (*Action, *acts.LABELS))
    assert acts.label("undo", "submitted") == "撤销，恢复为“已提交”"
    assert len(set(acts.LABELS.values()) | set(STATUSES.values())) == len(acts.LABELS) + len(STATUSES)


# kept


def test_after_years_all_of_it_is_there_still(services, logged, auditor, clock):
    before = stored(services, EVENT)
    for _ in range(8):
        clock.go_on(days=180)
        submitted(services, person(3 + clock.moment.day))
        auditing.check(services, auditor)
    assert [row.hash for row in stored(services, EVENT)][: len(before)] == [row.hash for row in before]
    assert min(row.at for row in stored(services, EVENT)) < clock() - timedelta(days=180)


def test_nothing_changes_or_deletes_a_row_of_the_log():
    """Kept 180 days at least (等保 2.0): by no command, verb or setting does one go. Only what the first release left
    without a chain is chained, once, and each row was told its day, which its moment says."""
    changing = []
    for path in Path(renewal.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in ("delete", "update", "replace", "delete_instance"):
                changing += [path.name] if ast.unparse(node.value).endswith("Event") else []
    assert sorted(changing) == ["0012_figures.py", "first_release.py"]
