"""In which order the office sees cases: total, so that no case stands on two pages or on none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from peewee import SQL, NodeList

from renewal.store.filters import Sort
from renewal.store.models import Application as Row


@dataclass(frozen=True, slots=True)
class Ordering:
    """`forward` and `backward` are columns to order by; `after` and `before` say of a row which others stand there."""

    forward: tuple[Any, ...]
    backward: tuple[Any, ...]
    after: Callable[[Any], Any]
    before: Callable[[Any], Any]


def _nulls(ordered: Any, where: str) -> Any:
    """By the database's own words: peewee would write a CASE, which no index serves."""
    return NodeList((ordered, SQL(f"NULLS {where}")))


def _later(row: Any) -> Any:
    if row.deadline is None:
        return Row.deadline.is_null() & (Row.id > row.id)
    same = (Row.deadline == row.deadline) & (Row.id > row.id)
    return (Row.deadline > row.deadline) | same | Row.deadline.is_null()


def _earlier(row: Any) -> Any:
    if row.deadline is None:
        return Row.deadline.is_null(False) | (Row.deadline.is_null() & (Row.id < row.id))
    return (Row.deadline < row.deadline) | ((Row.deadline == row.deadline) & (Row.id < row.id))


_FIRST, _LAST = (Row.id.asc(),), (Row.id.desc(),)  # cases are numbered as they come in


def _larger(row: Any) -> Any:
    return Row.id > row.id


def _smaller(row: Any) -> Any:
    return Row.id < row.id


ORDERINGS: dict[Sort, Ordering] = {
    Sort.DEADLINE: Ordering(
        (_nulls(Row.deadline.asc(), "LAST"), *_FIRST), (_nulls(Row.deadline.desc(), "FIRST"), *_LAST), _later, _earlier
    ),
    Sort.NEWEST: Ordering(_LAST, _FIRST, _smaller, _larger),
    Sort.OLDEST: Ordering(_FIRST, _LAST, _larger, _smaller),
    Sort.EMPLOYER: Ordering(
        (Row.employer.asc(), *_FIRST),
        (Row.employer.desc(), *_LAST),
        lambda row: (Row.employer > row.employer) | ((Row.employer == row.employer) & (Row.id > row.id)),
        lambda row: (Row.employer < row.employer) | ((Row.employer == row.employer) & (Row.id < row.id)),
    ),
}
