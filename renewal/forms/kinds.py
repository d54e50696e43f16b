"""The kinds of values that an office sets: how each is read from what was typed, and shown again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from unicodedata import normalize

from renewal.domain import day_list, defects, text
from renewal.domain.errors import InvalidValue
from renewal.domain.notice import Clause

MOST = 5000  # characters of one value: composing a megabyte of accents would take minutes
MOST_LINES = 10
POINT, MORE = 40, 300
"""Characters of a clause: its point is a line beside its tick."""


@dataclass(frozen=True, slots=True)
class Kind:
    """`read` takes text that is not empty and raises InvalidValue; `show` gives text that reads as the same value.
    `choices` are words by text; an input has so many `rows`, and behind it a `unit`."""

    read: Callable[[str], Any]
    show: Callable[[Any], str] = str
    choices: Mapping[str, str] = field(default_factory=dict)
    rows: int = 1
    unit: str = ""


def line(limit: int, read: Callable[[str], str] | None = None) -> Kind:
    """A line of text, or what `read` makes of it."""
    return Kind(read or partial(text.line, limit=limit))


def whole(lowest: int, highest: int, unit: str) -> Kind:
    """A whole number."""

    def read(typed: str) -> int:
        plain = "".join(normalize("NFKC", typed).split()).removesuffix(unit)
        if not (plain.isascii() and plain.isdigit() and len(plain) < 9 and lowest <= int(plain) <= highest):
            raise InvalidValue(f"请填写{lowest}到{highest}之间的整数。")
        return int(plain)

    return Kind(read, unit=unit)


def choice(*offered: tuple[str, str, Any]) -> Kind:
    """One of a few: each with the text that stands for it, its words, its value."""
    values = {written: value for written, _, value in offered}
    written_of = {value: written for written, _, value in offered}

    def read(typed: str) -> Any:
        if typed not in values:
            raise InvalidValue("请从列出的里面选一项。")
        return values[typed]

    return Kind(read, lambda value: written_of.get(value, str(value)), {each[0]: each[1] for each in offered})


def reasons() -> Kind:
    """Ready-made reasons, one a line."""
    return Kind(lambda typed: tuple(map(defects.reason, _lines(typed))), "\n".join, rows=3)


def clause(name: str) -> Kind:
    """One clause of the notice, as 要点：详情."""
    return Kind(lambda typed: (_clause(name, " ".join(_lines(typed))),), _written, rows=3)


def clauses() -> Kind:
    """Any number of them, one a line."""

    def read(typed: str) -> tuple[Clause, ...]:
        return tuple(_clause(f"office_{number}", each) for number, each in enumerate(_lines(typed), 1))

    return Kind(read, _written, rows=4)


def days(year: int) -> Kind:
    """Days of that year."""
    return Kind(lambda typed: day_list.parse(typed, year), day_list.show, rows=2)


def _lines(typed: str) -> list[str]:
    lines = [each for each in typed.splitlines() if each.strip()]
    if len(lines) > MOST_LINES:
        raise InvalidValue(f"最多写{MOST_LINES}行，现在是{len(lines)}行。")
    return lines


def _clause(name: str, typed: str) -> Clause:
    point, _, more = typed.replace("：", ":", 1).partition(":")
    return Clause(name, text.free_text(point, POINT), text.line(more, MORE))


def _written(found: tuple[Clause, ...]) -> str:
    return "\n".join(f"{each.point}：{each.more}" if each.more else each.point for each in found)
