"""导出: cases leave the office as files. That they did is logged before the first of them is read.

Which cases are meant is asked once, by one short read; then they are read a few at a time, each few in a snapshot of
their own that ends before anything is sent: nobody waits for a slow reader, and each is as it was at one moment.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

from renewal.documents.fonts import NoFont
from renewal.domain.errors import InvalidValue
from renewal.office.acts import Action, actor
from renewal.office.auditing import anchor
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.event_log import Event
from renewal.store.filters import Filter
from renewal.store.staff import Member

CASES = "办件"
"""The subject of what is done to many of them."""
LINES, FOLDERS = 100, 4
"""Cases read at once: as lines of a table, and with their pictures."""
MOST = 5_000
"""Cases of one bundle: a gigabyte, and as much as opens on an office's computer."""
TOO_MANY = "一次最多打包{most}件，现在的条件有{count}件。请再加筛选条件（如状态、经办人、专业），分几次打包。"


class Kind(StrEnum):
    """The files there are, by their ending."""

    XLSX = "xlsx"
    CSV = "csv"
    ZIP = "zip"


class TooManyCases(InvalidValue):
    """More than one bundle holds."""


@dataclass(frozen=True, slots=True)
class Export:
    """What was asked for, of which office and by whom; at which moment, and the ids of all cases that were meant
    then; `anchor` is the end of the log, in which this export is the last act."""

    kind: Kind
    office: str
    by: str
    words: str
    at: datetime
    ids: tuple[int, ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A case as it was at one moment. `clerk` is empty while nobody has it in hand; a table takes no `pictures`."""

    case: Application
    events: list[Event]
    clerk: str
    pictures: Mapping[str, bytes]
    at: datetime


def begin(services: Services, member: Member, asked: Filter, kind: Kind, words: str, office: str = "") -> Export:
    """`words` say the filter and nobody's data, `office` is its name. Raises TooManyCases; NoFont where a bundle would
    lack its forms; LogBroken or Unavailable where it cannot be logged: then nothing leaves the office."""
    ids = services.queue.all_ids(asked)
    if kind is Kind.ZIP and len(ids) > MOST:
        raise TooManyCases(TOO_MANY.format(most=MOST, count=len(ids)))
    if kind is Kind.ZIP and not services.fonts.there:
        raise NoFont
    services.log(actor(member), Action.EXPORT_CASES, CASES, f"{kind.upper()}，{len(ids)}件，条件：{words}")
    return Export(kind, office, member.name, words, services.now(), tuple(ids), anchor(services))


def pages(services: Services, export: Export) -> Iterator[list[Taken]]:
    """A few cases at a time, without those that are gone since. Raises Unsealable."""
    ids, size = iter(export.ids), FOLDERS if export.kind is Kind.ZIP else LINES
    while page := list(islice(ids, size)):
        yield _read(services, page, export.kind is Kind.ZIP)


def _read(services: Services, ids: list[int], pictures: bool) -> list[Taken]:
    with services.database.snapshot():
        cases, events = services.applications.some(ids), services.applications.events_of(ids)
        names = {member.id: member.name for member in services.staff.list()}
        return [
            Taken(
                case,
                events[case.id],
                names.get(case.clerk, "") if case.clerk else "",
                services.submissions.pictures(case.id, case.submissions - 1) if pictures else {},
                services.now(),
            )
            for case in (cases[one] for one in ids if one in cases)
        ]
