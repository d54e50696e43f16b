"""All rows of all tables as a stream that no engine owns, and back: what backups are made of.

A record is the length of a line of JSON (4 bytes), the line, and the bytes of its blobs. It names a table with its
columns, is a row of it, or ends the stream.
"""

import json
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from typing import Any, Protocol

from peewee import sort_models  # type: ignore[attr-defined]  # the stubs leave it out

from renewal.store.database import Database
from renewal.store.models import TABLES
from renewal.store.pages import PAGE, pages


class Sink(Protocol):
    def write(self, plain: bytes, /) -> None: ...


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class Tally:
    """What passed: rows by table, and the SHA-256 of all of them."""

    rows: dict[str, int] = field(default_factory=dict)
    _digest: Any = field(default_factory=sha256)

    @property
    def digest(self) -> str:
        """64 hex digits."""
        return str(self._digest.hexdigest())

    def table(self, name: str, record: bytes) -> None:
        self.rows[name] = 0
        self._digest.update(record)

    def row(self, name: str, record: bytes) -> None:
        self.rows[name] += 1
        self._digest.update(record)


def write(database: Database, sink: Sink) -> Tally:
    """Every row, tables that others refer to first. Runs inside a snapshot. Raises Unavailable."""
    tally = Tally()
    for model in sort_models(TABLES):
        meta = model._meta
        columns = [column.column_name for column in meta.sorted_fields]
        record = _record({"table": meta.table_name, "columns": columns})
        tally.table(meta.table_name, record)
        sink.write(record)
        for row in chain.from_iterable(pages(database, model)):
            record = _record(list(row))
            tally.row(meta.table_name, record)
            sink.write(record)
    return tally


def end(sink: Sink, manifest: dict[str, Any]) -> None:
    sink.write(_record({"end": manifest}))


def read(source: Source, database: Database | None) -> tuple[Tally, dict[str, Any]]:
    """Insert every row into its table, which is there, or with no database just read; what passed, and the manifest
    from the stream's end. Raises whatever `source` does, Unavailable, and IntegrityError."""
    tally, rows = Tally(), _Rows(database)
    while True:
        value, record = _next(source)
        if isinstance(value, list):
            tally.row(rows.table, record)
            rows.add(value)
            continue
        rows.flush()
        if "end" in value:
            return tally, value["end"]
        tally.table(value["table"], record)
        rows.begin(value["table"], value["columns"])


class _Rows:
    """Inserts so many at once."""

    def __init__(self, database: Database | None) -> None:
        self._database, self.table = database, ""
        self._columns: list[str] = []
        self._waiting: list[list[Any]] = []

    def begin(self, table: str, columns: list[str]) -> None:
        self.table, self._columns = table, columns

    def add(self, row: list[Any]) -> None:
        self._waiting.append(row)
        if len(self._waiting) == PAGE:
            self.flush()

    def flush(self) -> None:
        if self._database and self._waiting:
            self._database.insert_many(self.table, self._columns, self._waiting)
        self._waiting = []


def _record(value: Any) -> bytes:
    blobs = [bytes(each) for each in value if isinstance(each, bytes | memoryview)] if isinstance(value, list) else []
    plain = [_plain(each) for each in value] if isinstance(value, list) else value
    line = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")
    return b"".join(chain([struct.pack(">I", len(line)), line], blobs))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):  # as a MomentField writes it
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return {"blob": len(value)} if isinstance(value, bytes | memoryview) else value


def _next(source: Source) -> tuple[Any, bytes]:
    """A record as values, and as it stands there."""
    length = source.read(4)
    line = source.read(struct.unpack(">I", length)[0])
    value, blobs = json.loads(line), []
    if isinstance(value, list):
        for place, each in enumerate(value):
            if isinstance(each, dict):
                value[place] = source.read(each["blob"])
                blobs.append(value[place])
    return value, b"".join([length, line, *blobs])
