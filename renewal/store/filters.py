"""Which cases the office wants to see: one filter, and the conditions it stands for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import reduce
from operator import and_
from typing import Any

from renewal.domain.application import Status
from renewal.domain.clock import china_day
from renewal.domain.search import Kind
from renewal.domain.trust import Trust
from renewal.store import models
from renewal.store.models import Application as Row

NOBODY = 0
"""Stands for the clerk of a case that nobody has claimed."""
LONG = timedelta(days=14)
"""Without an answer after that, the employer's link has ended."""


class Due(StrEnum):
    TODAY = "today"
    OVERDUE = "overdue"
    WEEK = "week"
    LONG = "long"
    """Waits without a deadline for `LONG`: for the employer."""


class Mark(StrEnum):
    """What has to be seen to before a case is clean."""

    CONFLICT = "conflict"
    SELFIE = "selfie"
    COUNTER = "counter"
    AGAIN = "again"
    """Handed in once more."""


class Sort(StrEnum):
    DEADLINE = "deadline"
    NEWEST = "newest"
    OLDEST = "oldest"
    EMPLOYER = "employer"


@dataclass(frozen=True, slots=True)
class Search:
    """`key` is a keyed hash of what is personal, else what was typed; `shown` says it without giving it away."""

    kind: Kind
    key: str
    shown: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty parts ask nothing; `employer` is part of a name, `clerk` somebody's id or NOBODY."""

    statuses: tuple[Status, ...] = ()
    due: Due | None = None
    marks: frozenset[Mark] = frozenset()
    specialty: str = ""
    employer: str = ""
    clerk: int | None = None
    search: Search | None = None
    sort: Sort = Sort.DEADLINE


def condition(asked: Filter, now: datetime) -> Any:
    """Of a row of `application`; one whose content was deleted is in no list."""
    parts: list[Any] = [Row.method != "", *(_marked(mark) for mark in sorted(asked.marks))]
    if asked.statuses:
        parts.append(Row.status.in_(asked.statuses))
    if asked.due:
        parts.append(_due(asked.due, now))
    if asked.specialty:
        parts.append((Row.specialty_1 == asked.specialty) | (Row.specialty_2 == asked.specialty))
    if asked.employer:
        parts.append(Row.employer.contains(asked.employer))
    if asked.clerk is not None:
        parts.append(Row.clerk.is_null() if asked.clerk == NOBODY else Row.clerk == asked.clerk)
    if asked.search:
        parts.append(_found(asked.search))
    return reduce(and_, parts)


def selfie_kept() -> Any:
    """Whether the selfie is still there: nobody has compared it. Asked by id, which every index of cases holds."""
    case, picture = Row.alias(), models.Attachment
    kept = case.select(case.id).join(picture, on=picture.draft == case.draft).where(picture.kind == "selfie")
    return Row.id.in_(kept)


def to_be_verified() -> Any:
    """Whether the person chose the counter and was not there yet."""
    return (Row.method == "counter") & (Row.trust < Trust.VERIFIED)


def _marked(mark: Mark) -> Any:
    match mark:
        case Mark.CONFLICT:
            return Row.conflict == True  # noqa: E712  # a column: the index is asked by =
        case Mark.SELFIE:
            return selfie_kept()
        case Mark.COUNTER:
            return to_be_verified()
        case Mark.AGAIN:
            return Row.submissions > 1


def _due(due: Due, now: datetime) -> Any:
    today = china_day(now)
    match due:
        case Due.TODAY:
            return Row.deadline == today.isoformat()
        case Due.OVERDUE:
            return Row.deadline < today.isoformat()
        case Due.WEEK:
            return Row.deadline.between(today.isoformat(), _sunday(today).isoformat())
        case Due.LONG:
            since = now - LONG
            fresh = Row.resubmitted_at.is_null(False) & (Row.resubmitted_at >= since)
            return (Row.status == Status.SUBMITTED) & Row.deadline.is_null() & (Row.submitted_at < since) & ~fresh


def _sunday(day: date) -> date:
    return day + timedelta(days=6 - day.weekday())


def _found(search: Search) -> Any:
    match search.kind:
        case Kind.NUMBER:
            return Row.number.between(search.key.ljust(16, "0"), search.key.ljust(16, "9"))
        case Kind.SERIAL:
            return Row.id == int(search.key)
        case Kind.ID_NUMBER:
            return Row.id_index == search.key
        case Kind.PHONE:
            return Row.phone_index == search.key
        case Kind.NAME:
            return Row.name_index == search.key
