"""The dry run: a file becomes a generation of people beside the roster in use, a batch at a time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import IO, Any

from renewal.domain.clock import china_day
from renewal.domain.errors import InvalidValue
from renewal.forms.fields import Rules
from renewal.forms.roster import LABELS, NEEDED, RowReader, columns_of
from renewal.sheets import read
from renewal.sheets.table import Row, Table
from renewal.store.database import Database
from renewal.store.roster_imports import Import, RosterImports, State
from renewal.store.roster_rows import Fault, Ready, RosterRows
from renewal.store.sealed import Sealer

BATCH = 1000  # rows in one short transaction: other writers wait some twenty milliseconds for it
HEADING_WITHIN = 20  # rows, titles and remarks before it
SHOWN_ROWS = 3
FAULTS = 10_000
"""So many rows are told; more are only counted."""
NOBODY = "文件里没有一行可以导入。请看下面的错误清单，改正后再上传。"
NO_ROWS = "文件里没有内容。请检查是否传错了文件。"
MERGED = "名册里有合并的单元格（{ref}），合并的几行分不清是谁的。请取消合并、每行填完整后再上传。"
TWICE = "与第{line}行是同一个证件号码，请只保留一行"


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a dry run needs, in a worker or in a process of its own."""

    database: Database
    imports: RosterImports
    rows: RosterRows
    now: Callable[[], datetime]

    @classmethod
    def over(cls, database: Database, sealer: Sealer, now: Callable[[], datetime]) -> "Workshop":
        return cls(database, RosterImports(database, sealer), RosterRows(database, sealer), now)


def prepare(shop: Workshop, one: Import, file: IO[bytes]) -> None:
    """Read `file` as this run of the import: READY with its counts, UNMAPPED, or FAILED with a sentence.

    Raises Superseded when the import was given up, or begun anew, in the meantime.
    """
    shop.rows.forget_rows(one.id)
    try:
        _Reading(shop, one, read.table(file)).all()
    except InvalidValue as refused:
        shop.imports.progress(one, state=State.FAILED, message=str(refused), beat_at=shop.now())


class _Reading:
    """One run over one file."""

    def __init__(self, shop: Workshop, one: Import, table: Table) -> None:
        self._shop, self._one, self._table = shop, one, table
        self._lines: dict[int, int] = {}
        self._good = self._wrong = self._noted = self._told = 0

    def all(self) -> None:
        start = list(islice(self._table.rows, HEADING_WITHIN))
        if not start:
            raise InvalidValue(NO_ROWS)
        at = max(range(len(start)), key=lambda place: (len(columns_of(start[place][1])), -place))
        (line, heading), sample = start[at], start[at + 1 :]
        columns = self._one.found.get("columns") or columns_of(heading)
        self._say(heading, columns, sample)
        if any(name not in columns for name in NEEDED):
            self._shop.imports.progress(self._one, state=State.UNMAPPED, beat_at=self._shop.now())
            return
        self._take(RowReader(columns, self._rules, self._table.epoch), _chain(sample, self._table.rows))
        self._refuse_merged(line)
        self._finish()

    @property
    def _rules(self) -> Rules:
        return Rules(china_day(self._shop.now()))

    def _say(self, heading: Sequence[str], columns: dict[str, int], sample: Sequence[Row]) -> None:
        shown = [cells for _, cells in sample[:SHOWN_ROWS]]
        found: dict[str, Any] = {
            "sheet": self._table.name,
            "heading": heading,
            "columns": columns,
            "sample": shown,
            "chosen": bool(self._one.found.get("columns")),
        }
        self._shop.imports.progress(self._one, found=found, beat_at=self._shop.now())

    def _take(self, reader: RowReader, rows: Iterator[Row]) -> None:
        while batch := list(islice(rows, BATCH)):
            people: list[Ready] = []
            faults: list[Fault] = []
            for line, cells in batch:
                self._take_row(reader, line, cells, people, faults)
            done = min(99, int(100 * self._table.read()))
            with self._shop.database.transaction():
                self._shop.imports.progress(self._one, percent=done, beat_at=self._shop.now())
                self._shop.rows.add(self._one.id, people, faults)

    def _take_row(
        self, reader: RowReader, line: int, cells: Sequence[str], people: list[Ready], faults: list[Fault]
    ) -> None:
        reading = reader.read(cells)
        record, problems = reading.record, reading.problems
        if record:
            ready = self._shop.rows.person(self._one.id, record)
            first = self._lines.setdefault(int(ready.id_index[:16], 16), line)
            if first == line:
                people.append(ready)
            else:
                problems.append((LABELS["id_number"], record["id_number"], TWICE.format(line=first)))
                record = None
        self._good += record is not None
        self._wrong += record is None
        self._noted += bool(record and problems)
        if problems and self._told < FAULTS:
            self._told += 1
            faults.append(Fault(line, record is not None, problems))

    def _refuse_merged(self, heading: int) -> None:
        for ref, last in self._table.merged:
            if last > heading:
                raise InvalidValue(MERGED.format(ref=ref))

    def _finish(self) -> None:
        base = self._shop.imports.current_id()
        counts = {"good": self._good, "wrong": self._wrong, "noted": self._noted}
        counts |= self._shop.rows.compared(self._one.id, base)
        outcome = {"state": State.READY} if self._good else {"state": State.FAILED, "message": NOBODY}
        self._shop.imports.progress(
            self._one, **outcome, **counts, replaces=base, percent=100, beat_at=self._shop.now()
        )


def _chain(first: Sequence[Row], rest: Iterator[Row]) -> Iterator[Row]:
    yield from first
    yield from rest
