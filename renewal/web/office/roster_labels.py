"""How the roster's page says what is in it, what comes in, and whose registration ends."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask import url_for

from renewal.domain import masks
from renewal.domain.clock import china_day, day_and_time
from renewal.domain.dates import show
from renewal.domain.window import renewal_closes
from renewal.forms.roster import FIELDS, LABELS, NEEDED
from renewal.office.rostering import importing
from renewal.services import Services
from renewal.store.roster import PAGE, Expiring, Order, Registered, expiring_within
from renewal.store.roster_imports import Import, State
from renewal.store.staff import Member
from renewal.web import access

MASKED: Mapping[str, Callable[[str], str]] = {
    "name": masks.name,
    "id_number": masks.id_number,
    "phone": masks.phone,
}
OPTIONAL = tuple(name for name in FIELDS if name not in NEEDED)


def administers(member: Member) -> bool:
    return member.role in access.ADMINISTRATORS


def order(args: Mapping[str, str]) -> Order:
    return Order.LATEST if args.get("sort") == Order.LATEST else Order.SOONEST


def todo(services: Services) -> dict[str, list[dict[str, Any]]]:
    """For 今日待办, once there is a roster."""
    if not services.roster.exists():
        return {}
    days = services.policy.opens_days
    count = services.roster.count(expiring_within(days, services.now()))
    words, kind = f"{days}日内到期，尚未申请", "" if count else "none"
    return {"名册": [{"words": words, "count": count, "kind": kind, "url": url_for("office.roster.show")}]}


def current(services: Services) -> dict[str, Any] | None:
    """The roster in use."""
    found = services.roster_imports.current()
    if found is None:
        return None
    return {
        "id": found.id,
        "people": f"{found.counts.good:,}",
        "file": found.file_name,
        "by": found.actor.name,
        "at": day_and_time(found.confirmed_at or found.started_at),
        "faults": found.counts.wrong + found.counts.noted,
        "wrong": found.counts.wrong,
        "undoable": importing.undoable(services, found),
        "first": found.replaces is None,
    }


def waiting(services: Services, one: Import) -> dict[str, Any]:
    """The file that an administrator brought, as far as it has come."""
    heading = one.found.get("heading", [])
    chosen = one.found.get("columns", {})
    return {
        "id": one.id,
        "file": one.file_name,
        "by": one.actor.name,
        "at": day_and_time(one.started_at),
        "preparing": one.state in importing.UNDER_WAY and not importing.interrupted(services, one),
        "interrupted": one.state is State.PREPARING and importing.interrupted(services, one),
        "half": one.state is State.RECEIVING and importing.interrupted(services, one) and importing.HALF,
        "unmapped": one.state is State.UNMAPPED,
        "ready": one.state is State.READY,
        "message": one.message,
        "percent": one.percent,
        "counts": one.counts,
        "faults": one.counts.wrong + one.counts.noted,
        "stale": one.state is State.READY and one.replaces != services.roster_imports.current_id(),
        "many_missing": one.counts.missing > one.counts.unchanged + one.counts.changed,
        "sheet": one.found.get("sheet", ""),
        "columns": _columns(heading, chosen, one.found.get("sample", [])),
        "fields": [_field(name, heading, chosen) for name in (*NEEDED, *OPTIONAL)],
        "missing": [LABELS[name] for name in NEEDED if name not in chosen],
    }


def listed(services: Services, asked: Expiring, args: Mapping[str, str]) -> dict[str, Any]:
    """One page of whose registration ends and who has not applied."""
    total = services.roster.count(asked)
    last = max(1, -(-total // PAGE))
    typed = args.get("page", "")
    page = max(1, min(int(typed) if typed.isdecimal() and len(typed) < 7 else 1, last))
    today = china_day(services.now())
    return {
        "total": total,
        "days": services.policy.opens_days,
        "closes": services.policy.closes_days,
        "people": [_person(services, one, today) for one in services.roster.page(asked, page)],
        "sort": {"now": "descending" if asked.order is Order.LATEST else "ascending", "url": _turned(asked)},
        "pages": _pages(asked, page, last),
    }


def _person(services: Services, one: Registered, today: date) -> dict[str, Any]:
    """Masks: a list gives nobody away."""
    said = one.record
    until = one.valid_until or today
    left = (renewal_closes(until, services.policy.closes_days) - today).days
    return {
        "name": masks.name(said["name"]),
        "id_number": masks.id_number(said["id_number"]),
        "phone": masks.phone(said["phone"]) if "phone" in said else "",
        "registration_number": said.get("registration_number", ""),
        "employer": said.get("employer", ""),
        "specialties": "、".join(filter(None, (said.get("specialty_1"), said.get("specialty_2")))),
        "until": show(until),
        "days": (until - today).days,
        "kind": "late" if left < 0 else "soon" if left < 7 else "",
        "apply": f"最迟{show(renewal_closes(until, services.policy.closes_days))}申请" if left >= 0 else "已过申请期限",
    }


def _columns(heading: list[str], chosen: Mapping[str, int], sample: list[list[str]]) -> list[dict[str, str]]:
    """Every column of the file: its name, what it was taken for, and an example."""
    fields = {place: name for name, place in chosen.items()}
    return [
        {
            "name": text or f"第{place + 1}列",
            "field": LABELS.get(fields.get(place, ""), ""),
            "example": _example(fields.get(place, ""), place, sample),
        }
        for place, text in enumerate(heading)
    ]


def _example(field: str, place: int, sample: list[list[str]]) -> str:
    """Enough to see what a column holds, and no more of a person than any list shows."""
    text = next((cells[place][:30] for cells in sample if place < len(cells) and cells[place]), "")
    return MASKED[field](text) if field in MASKED else text


def _field(name: str, heading: list[str], chosen: Mapping[str, int]) -> dict[str, Any]:
    options = [(place, text or f"第{place + 1}列", chosen.get(name) == place) for place, text in enumerate(heading)]
    return {"name": name, "label": LABELS[name], "needed": name in NEEDED, "options": options}


def _turned(asked: Expiring) -> str:
    return _address(Order.SOONEST if asked.order is Order.LATEST else Order.LATEST, 1)


def _pages(asked: Expiring, page: int, last: int) -> dict[str, Any]:
    """As the queue's."""
    back, on = page > 1, page < last
    return {
        "here": page,
        "last": last,
        "to_first": _address(asked.order, 1) if back else "",
        "to_previous": _address(asked.order, page - 1) if back else "",
        "to_next": _address(asked.order, page + 1) if on else "",
        "to_last": _address(asked.order, last) if on else "",
    }


def _address(order: Order, page: int) -> str:
    asked: dict[str, Any] = {"sort": order if order is Order.LATEST else None, "page": page if page > 1 else None}
    return url_for("office.roster.show", **asked)
