"""The list from which a case was opened: the case's address carries what was sought there, through every act."""

from urllib.parse import urlencode

from flask import request, url_for

from renewal.store.applications import Application
from renewal.store.filters import Filter
from renewal.web.context import context
from renewal.web.office import filters, guard


def query() -> str:
    """What was sought, as it stands behind an address; empty for a case opened by itself."""
    said = urlencode(filters.pairs(_sought()))
    return f"?{said}" if said else ""


def around(case: Application) -> dict[str, str]:
    """Where the list is, and its cases before and after this one, also when this one has left it."""
    beside = context().services.queue.neighbours(_sought(), case.id)
    return {
        "query": query(),
        "list": url_for("office.queue.cases") + query(),
        "previous": _address(beside.previous),
        "next": _address(beside.next),
    }


def _sought() -> Filter:
    return filters.read(request.args, guard.member(), context().services.queue)


def _address(number: str) -> str:
    return url_for("office.review.show", number=number) + query() if number else ""
