"""导出: the queue's cases as files, sent while they are read."""

from flask import Blueprint, Response, request
from werkzeug.http import dump_options_header

from renewal.domain.clock import china_day
from renewal.office import exporting
from renewal.office.export_files import made
from renewal.office.exporting import Kind, TooManyCases
from renewal.store.database import Unavailable
from renewal.store.filters import Filter
from renewal.web import htmx, messages
from renewal.web.context import context
from renewal.web.office import case_labels, export_links, filters, guard, queue
from renewal.web.office.progress import BOARD

exports = Blueprint("exports", __name__)

TYPES = {
    Kind.CSV: "text/csv",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.ZIP: "application/zip",
}
NOT_LOGGED = (
    "没有导出：每次导出要先记入日志，现在记不进去，可能是磁盘已满。请过一会儿再试，一直不行的请联系系统管理员。"
)
ASKED_AGAIN = 20
"""How often a page asks for what has not begun: the browser may first ask where to put it."""


@exports.get("/export.<any(csv, xlsx, zip):kind>")
def file(kind: str) -> Response:
    services, member = context().services, guard.member()
    asked = filters.read(request.args, member, services.queue)
    try:
        export = exporting.begin(services, member, asked, Kind(kind), _said(asked), context().services.office.name)
    except TooManyCases as problem:
        messages.add("error", str(problem))
        return queue.page(422)
    except Unavailable:
        messages.add("error", NOT_LOGGED)
        return queue.page(503)
    pages = BOARD.watch(_key(), len(export.ids), exporting.pages(services, export))
    response = Response(made(services, export, pages), mimetype=TYPES[export.kind])
    response.headers["Content-Disposition"] = _named(f"{china_day(export.at):%Y%m%d}", kind)
    return response


@exports.get("/export/progress")
def progress() -> Response:
    """For the page that the export was begun from, again and again."""
    asked = request.args.get("asked", "")
    return htmx.page(
        "office/export_progress.html",
        watch=request.args.get(export_links.WATCH, ""),
        progress=BOARD.find(_key()),
        asked=min(int(asked), ASKED_AGAIN) if asked.isdecimal() and len(asked) < 4 else 0,
        most=ASKED_AGAIN,
    )


def _said(asked: Filter) -> str:
    clerks = case_labels.clerks(guard.member(), context().services.staff.list())
    return case_labels.said(asked, case_labels.choices(asked, clerks))


def _key() -> str:
    """Nobody sees how far a colleague is."""
    return f"{guard.member().id} {request.args.get(export_links.WATCH, '')}"


def _named(day: str, kind: str) -> str:
    """In Chinese, and for old browsers in letters."""
    names = {"filename": f"cases-{day}.{kind}", "filename*": f"UTF-8''%E5%8A%9E%E4%BB%B6-{day}.{kind}"}
    return dump_options_header("attachment", names)
