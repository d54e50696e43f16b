"""办件: the queue, and what was sought in it."""

from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from renewal.store.filters import Filter, Sort
from renewal.store.queue import Sheet
from renewal.web import htmx
from renewal.web.context import context
from renewal.web.office import case_labels, export_links, filters, guard

queue = Blueprint("queue", __name__)

PATH = "/cases"


@queue.get(PATH)
def cases() -> Response:
    return page()


@queue.post(PATH)
def search() -> BaseResponse:
    """What is personal must not stand in an address: it is sent as a form, and leads to where it is masked."""
    found = filters.search(request.form, context().services.queue)
    return redirect(filters.address(PATH, filters.searched(found)), 303)


def page(status: int = 200) -> Response:
    """The list that the address asks for."""
    services = context().services
    asked = filters.read(request.args, guard.member(), services.queue)
    sheet = services.queue.sheet(asked, filters.page(request.args))
    return htmx.push_url(_url(asked, sheet.page), htmx.page("office/cases.html", status, **_shown(asked, sheet)))


def _shown(asked: Filter, sheet: Sheet) -> dict[str, Any]:
    services = context().services
    state, now = filters.pairs(asked), services.now()
    form = case_labels.choices(asked, case_labels.clerks(guard.member(), services.staff.list()))
    return {
        "here": _url(asked, sheet.page),
        "rows": [case_labels.row(line, state, now) for line in sheet.lines],
        "total": sheet.total,
        "pages": _pages(asked, sheet),
        "sorts": _sorts(asked),
        "words": case_labels.in_words(asked, form),
        "search": asked.search.shown if asked.search else "",
        "key": dict(filters.searched(asked.search)).get("key"),
        "kept": filters.searched(asked.search) + [pair for pair in state if pair[0] == "sort"],
        "employer": asked.employer,
        "may_move": guard.works(),
        "exports": export_links.links(asked, sheet.total) if guard.works() else None,
        **form,
    }


def _pages(asked: Filter, sheet: Sheet) -> dict[str, Any]:
    """Where one is, and where the other pages are; none before the first and after the last."""
    here, last = sheet.page, sheet.pages
    previous, following = here > 1, here < last
    return {
        "here": here,
        "last": last,
        "to_first": _url(asked, 1) if previous else "",
        "to_previous": _url(asked, here - 1) if previous else "",
        "to_next": _url(asked, here + 1) if following else "",
        "to_last": _url(asked, last) if following else "",
    }


def _sorts(asked: Filter) -> dict[str, dict[str, str]]:
    """By the column that is sorted: the address that sorts by it, and how it is sorted now. Numbers turn around."""
    by_number = Sort.OLDEST if asked.sort is Sort.NEWEST else Sort.NEWEST
    return {
        "due": _sort(asked, Sort.DEADLINE, {Sort.DEADLINE: "ascending"}),
        "number": _sort(asked, by_number, {Sort.NEWEST: "descending", Sort.OLDEST: "ascending"}),
        "employer": _sort(asked, Sort.EMPLOYER, {Sort.EMPLOYER: "ascending"}),
    }


def _sort(asked: Filter, to: Sort, now: dict[Sort, str]) -> dict[str, str]:
    others = [pair for pair in filters.pairs(asked) if pair[0] != "sort"]
    wanted = [] if to is Sort.DEADLINE else [("sort", to.value)]
    return {"url": filters.address(PATH, others + wanted), "now": now.get(asked.sort, "")}


def _url(asked: Filter, page: int) -> str:
    return filters.address(PATH, filters.pairs(asked) + ([("page", str(page))] if page > 1 else []))
