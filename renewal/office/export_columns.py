"""A case as a line of a table: the manual's fields in the form's order, the standards' codes beside their words, and
what the office made of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from renewal.domain.application import DECIDED, LABELS, Status
from renewal.domain.clock import CHINA, china_day
from renewal.domain.dates import parse_date
from renewal.domain.defects import COMMITMENT
from renewal.forms.details import CODES, FORM
from renewal.forms.fields import Field
from renewal.office.exporting import Taken
from renewal.store.event_log import MOVE, Event

CLOSED = DECIDED | {Status.NOT_TAKEN, Status.WITHDRAWN}
WIDTHS = {"date": 12, "select": 16, "radio": 6}
Cell = str | date


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in digits, of which a Chinese character takes two."""

    width: int
    cell: Callable[[Taken], Cell]


def line(taken: Taken) -> list[Cell]:
    """In the order of the columns; empty text where there is nothing."""
    return [column.cell(taken) for column in COLUMNS.values()]


def _form() -> dict[str, Column]:
    columns = {}
    for field in FORM.fields:
        columns[field.label] = _answer(field)
        if field.name in CODES:
            columns[f"{field.label}代码"] = _code(field)
    return columns


def _answer(field: Field) -> Column:
    return Column(WIDTHS.get(field.kind, 20), lambda taken: _value(field, _text(field, taken)))


def _code(field: Field) -> Column:
    return Column(10, lambda taken: CODES[field.name].code(_text(field, taken)) or "")


def _text(field: Field, taken: Taken) -> str:
    """Empty where the case is older than the field."""
    return str(taken.case.answers["details"].get(field.name, ""))


def _value(field: Field, value: str) -> Cell:
    return parse_date(value) if field.kind == "date" and value else value


def _moment(moment: datetime | None) -> Cell:
    """By the clock on the wall: spreadsheets know no zones."""
    return moment.astimezone(CHINA).replace(tzinfo=None, microsecond=0) if moment else ""


def _promised(taken: Taken) -> Cell:
    letter: dict[str, Any] | None = taken.case.answers.get(COMMITMENT)
    return _moment(datetime.fromisoformat(letter["at"])) if letter else ""


def _last(taken: Taken, status: Status) -> Event | None:
    """The last move that led there."""
    return next((event for event in reversed(taken.events) if event.action == MOVE and event.target is status), None)


def _accepted(taken: Taken) -> Cell:
    """Nothing for a case that was accepted and is no more: that was undone."""
    stands = taken.case.status is Status.ACCEPTED or taken.case.status in CLOSED
    event = _last(taken, Status.ACCEPTED) if stands else None
    return china_day(event.at) if event else ""


def _end(taken: Taken) -> Event | None:
    return _last(taken, taken.case.status) if taken.case.status in CLOSED else None


def _ended(taken: Taken) -> Cell:
    event = _end(taken)
    return china_day(event.at) if event else ""


def _reason(taken: Taken) -> Cell:
    event = _end(taken)
    return event.reason if event else ""


COLUMNS = {
    "编号": Column(20, lambda taken: taken.case.number),
    "状态": Column(14, lambda taken: LABELS[taken.case.status]),
    **_form(),
    "承诺时间": Column(18, _promised),
    "提交时间": Column(18, lambda taken: _moment(taken.case.submitted_at)),
    "补正后提交时间": Column(18, lambda taken: _moment(taken.case.resubmitted_at)),
    "办理期限": Column(12, lambda taken: taken.case.deadline or ""),
    "经办人": Column(12, lambda taken: taken.clerk),
    "受理日期": Column(12, _accepted),
    "办理结果": Column(16, lambda taken: LABELS[taken.case.status] if taken.case.status in CLOSED else ""),
    "办结日期": Column(12, _ended),
    "理由": Column(30, _reason),
}
"""By heading."""
