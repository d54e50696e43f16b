"""Queries whose SQL is written once: to write it anew for each request costs peewee more than running it does."""

from collections import namedtuple
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from peewee import BooleanField, DateTimeField, Field, Select, Value

NOT_AS_STORED = (BooleanField, DateTimeField)


@dataclass(frozen=True, slots=True)
class _Slot:
    """Stands in the written query where `name` will be."""

    name: str
    field: Field


class Prepared:
    """A query with slots, each for values of one field: `build` makes it of them, as it would of the values.

    Called with the values it gives what `Database` runs: what it selects or returns comes in named tuples, not models.
    """

    def __init__(self, build: Callable[..., Any], **slots: Field) -> None:
        values = {name: Value(_Slot(name, field), converter=False, unpack=False) for name, field in slots.items()}
        self.query = build(**values)
        self.answers = isinstance(self.query, Select) or bool(self.query._returning)
        self._written: dict[type, tuple[str, list[_Slot]]] = {}  # each kind of database has an SQL of its own
        if self.answers:
            fields = self.query._returning
            self._made = _row_of(field.column_name for field in fields)
            self._converted = [(at, each.python_value) for at, each in enumerate(fields) if _differs(each)]

    def __call__(self, **values: Any) -> "Ready":
        return Ready(self, values)

    def sql(self, database: Any) -> tuple[str, list[_Slot]]:
        """The text, and what goes into its places."""
        written = self._written.get(type(database))
        if written is None:
            written = self._written[type(database)] = database.get_sql_context().sql(self.query).query()
        return written

    def row(self, found: tuple[Any, ...]) -> Any:
        values = list(found)
        for position, converted in self._converted:
            values[position] = converted(values[position])
        return self._made(values)


@dataclass(frozen=True, slots=True)
class Ready:
    """A prepared query with its values; to be run by `Database`, like any other."""

    prepared: Prepared
    values: dict[str, Any]

    def limit(self, _rows: int) -> "Ready":
        """Says itself how many rows it wants."""
        return self

    def execute(self, database: Any) -> Any:
        """The rows of a select, or of what a change returns; else how many it met."""
        text, slots = self.prepared.sql(database)
        parameters = [_stored(slot, self.values) for slot in slots]
        cursor = database.execute_sql(text, parameters)
        return [self.prepared.row(found) for found in cursor.fetchall()] if self.prepared.answers else cursor.rowcount


def _row_of(names: Iterable[str]) -> Callable[[Iterable[Any]], Any]:
    row: Any = namedtuple("Row", names)  # type: ignore[misc]  # mypy knows only names written out
    return row._make


def _differs(field: Field) -> bool:
    return isinstance(field, NOT_AS_STORED)


def _stored(slot: Any, values: dict[str, Any]) -> Any:
    """A value that peewee wrote itself, such as a limit, stays."""
    return slot.field.db_value(values[slot.name]) if isinstance(slot, _Slot) else slot  # type: ignore[no-untyped-call]
