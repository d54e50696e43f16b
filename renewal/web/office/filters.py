"""The state of the queue as its address says it. Strange values ask nothing; what is personal stands there masked,
beside its keyed hash."""

import re
from typing import TypeVar
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from renewal.domain.application import Status
from renewal.domain.codes import SPECIALTIES
from renewal.domain.search import LONGEST, MASKS, Kind
from renewal.domain.text import normalise
from renewal.office.todo import IN_HAND
from renewal.store.filters import NOBODY, Due, Filter, Mark, Search, Sort
from renewal.store.queue import Queue
from renewal.store.staff import Member
from renewal.web.halves import OFFICE

MINE, UNCLAIMED = "mine", "nobody"
_KEY = re.compile(r"(\w+)\.([0-9a-f]{64})")
Choice = TypeVar("Choice", Status, Due, Sort, Kind)
Pairs = list[tuple[str, str]]


def read(args: MultiDict[str, str], member: Member, queue: Queue) -> Filter:
    """What an address asks for, `member` being who asks."""
    specialty = args.get("specialty", "")
    return Filter(
        statuses=_statuses(args.getlist("status")),
        due=_one_of(Due, args.get("due", "")),
        marks=frozenset(mark for mark in Mark if args.get(mark)),
        specialty=specialty if specialty in SPECIALTIES.names else "",
        employer=normalise(args.get("employer", "")[:LONGEST]),
        clerk=_clerk(args.get("clerk", ""), member),
        search=search(args, queue),
        sort=_one_of(Sort, args.get("sort", "")) or Sort.DEADLINE,
    )


def search(args: MultiDict[str, str], queue: Queue) -> Search | None:
    """What was typed, or, while its mask still stands there, what its keyed hash is of."""
    text, found = args.get("q", ""), _KEY.fullmatch(args.get("key", ""))
    kind = _one_of(Kind, found[1]) if found else None
    if found and kind in MASKS and "*" in text:
        return Search(kind, found[2], normalise(text[:LONGEST]))
    return queue.search(text)


def page(args: MultiDict[str, str]) -> int:
    """Any text at all: the first page where it is no number."""
    asked = args.get("page", "")
    return int(asked) if re.fullmatch("[0-9]{1,9}", asked) else 1


def pairs(asked: Filter) -> Pairs:
    """The parameters that `read` makes this filter of again."""
    said: Pairs = [("status", status) for status in asked.statuses]
    said += [(mark, "1") for mark in sorted(asked.marks)]
    said += [("due", asked.due or ""), ("specialty", asked.specialty), ("employer", asked.employer)]
    if asked.clerk is not None:
        said.append(("clerk", clerk(asked.clerk)))
    said += searched(asked.search)
    if asked.sort is not Sort.DEADLINE:
        said.append(("sort", asked.sort))
    return [(name, str(value)) for name, value in said if value]


def searched(search: Search | None) -> Pairs:
    if search is None:
        return []
    key: Pairs = [("key", f"{search.kind}.{search.key}")] if search.kind in MASKS else []
    return [("q", search.shown), *key]


def address(path: str, said: Pairs) -> str:
    """`path` is below the office's."""
    return OFFICE + path + (f"?{urlencode(said)}" if said else "")


def clerk(member_id: int) -> str:
    """As an address says it: the same for whoever opens it."""
    return UNCLAIMED if member_id == NOBODY else str(member_id)


def _clerk(text: str, member: Member) -> int | None:
    if re.fullmatch("[1-9][0-9]{0,8}", text):
        return int(text)
    return {MINE: member.id, UNCLAIMED: NOBODY}.get(text)


def _statuses(asked: list[str]) -> tuple[Status, ...]:
    """In the order of a case's life; `open` stands for all that are in hand."""
    meant = set(asked) | (set(IN_HAND) if "open" in asked else set())
    return tuple(status for status in Status if status in meant)


def _one_of(kinds: type[Choice], text: str) -> Choice | None:
    return next((kind for kind in kinds if kind == text), None)
