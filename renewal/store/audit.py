"""Whether the log is whole, and the cases and their submissions stand as it says."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from peewee import PeeweeException

from renewal.store import models
from renewal.store.database import Database
from renewal.store.event_log import EventLog, LogBroken
from renewal.store.head import BEGINNING, Head
from renewal.store.sealed import Sealer
from renewal.store.standing import UNFIT, Standing, Standings

PAGE = 1000  # rows in memory at a time


class Fault(StrEnum):
    CHANGED = "changed"
    MISSING = "missing"
    REORDERED = "reordered"
    CUT_OFF = "cut off"
    UNREADABLE = "unreadable"
    STATUS = "case does not fit"


@dataclass(frozen=True, slots=True)
class Finding:
    """`text` says it to the office."""

    fault: Fault
    text: str


@dataclass(slots=True)
class Report:
    """`head` is the last event there is: what an office keeps outside of this machine; `after` is the one before
    those that were read."""

    count: int = 0
    after: Head = BEGINNING
    head: Head = BEGINNING
    findings: list[Finding] = field(default_factory=list)


def verify(database: Database, sealer: Sealer, remembered: Head | None = None) -> Report:
    """Read the whole log and compare: rows with each other, its end with the head it was left at, every case
    with its events and what was handed in, and with what somebody `remembered` of an earlier check.
    Writers do not wait."""

    def compare(report: Report) -> None:
        cases: dict[int, Standing] = {}
        for row in _read(database, sealer, remembered, report):
            if row["application"] is not None:
                cases.setdefault(row["application"], Standing()).add(row)
        report.findings += _faults_of_cases(database, sealer, cases)

    return _told(database, compare)


def verify_end(database: Database, sealer: Sealer, longest: int, remembered: Head | None = None) -> Report:
    """The same of the log alone and its last `longest` rows, so that a page can wait for it: 50,000 take seconds.
    An end `remembered` from before them is looked for where it was."""

    def compare(report: Report) -> None:
        report.head = report.after = EventLog(database, sealer).before_the_last(longest)
        for _row in _read(database, sealer, remembered, report):
            pass

    return _told(database, compare)


def _told(database: Database, compare: Callable[[Report], None]) -> Report:
    """All at one moment; what cannot be read is a finding."""
    report = Report()
    try:
        with database.snapshot():
            compare(report)
    except PeeweeException:
        text = "数据库打不开，不是本系统的数据库，或缺少数据表"
        report.findings.append(Finding(Fault.UNREADABLE, text))
    except (*UNFIT, sqlite3.Error):  # sqlite3's own: peewee renames what a query raises, but not a fetch
        text = f"日志或办件里有无法读取的内容（日志读到第{report.head.sequence}条）"
        report.findings.append(Finding(Fault.UNREADABLE, text))
    return report


def _read(database: Database, sealer: Sealer, remembered: Head | None, report: Report) -> Iterator[dict[str, Any]]:
    """The rows after the report's head, with what is wrong with them and with the end."""
    log = EventLog(database, sealer)
    for row in _events(log, report.head.sequence):
        report.findings += _faults(log, report.head, row)
        report.count, report.head = report.count + 1, Head(row["sequence"], row["hash"])
        yield row
    report.findings += _faults_of_the_end(log, report.head)
    if remembered and not (remembered == BEGINNING or log.holds(remembered)):
        text = f"记下的末端（第{remembered.sequence}条）不在现在的日志里，日志被截断或改写过"
        report.findings.append(Finding(Fault.CUT_OFF, text))


def _events(log: EventLog, after: int) -> Iterator[dict[str, Any]]:
    page = log.after(after, PAGE)
    while page:
        yield from page
        page = log.after(page[-1]["sequence"], PAGE)


def _faults(log: EventLog, before: Head, row: dict[str, Any]) -> Iterator[Finding]:
    sequence = row["sequence"]
    if sequence > before.sequence + 1:
        yield Finding(Fault.MISSING, f"第{before.sequence + 1}条到第{sequence - 1}条记录不见了")
    elif row["previous_hash"] != before.hash:
        yield Finding(Fault.REORDERED, f"第{sequence}条记录前面原来不是现在的第{before.sequence}条")
    if not log.fits(row):
        yield Finding(Fault.CHANGED, f"第{sequence}条记录被改动过")


def _faults_of_the_end(log: EventLog, last: Head) -> Iterator[Finding]:
    try:
        head = log.head() or BEGINNING
    except LogBroken:
        yield Finding(Fault.CHANGED, "日志末端的标记被改动过")
        return
    if head.sequence > last.sequence:
        yield Finding(Fault.CUT_OFF, f"日志末尾缺少记录：应到第{head.sequence}条，现在只到第{last.sequence}条")
    elif head != last:
        yield Finding(Fault.CHANGED, f"日志末端的标记停在第{head.sequence}条，与第{last.sequence}条记录不符")


def _faults_of_cases(database: Database, sealer: Sealer, logged: dict[int, Standing]) -> Iterator[Finding]:
    """Each case as its events left it, and none of them gone."""
    row, standings = models.Application, Standings(database, sealer)
    gone = set(logged)
    rows = database.rows(row.select().order_by(row.id).limit(PAGE))
    while rows:
        for case in rows:
            gone.discard(case.id)
            for text in standings.faults(case, logged.get(case.id, Standing())):
                yield Finding(Fault.STATUS, f"办件{case.number}{text}")
        rows = database.rows(row.select().order_by(row.id).where(row.id > rows[-1].id).limit(PAGE))
    for number in sorted(gone):
        yield Finding(Fault.MISSING, f"日志里的第{number}号办件不见了")
