"""日志: what was done, for auditors and administrators: found, checked, and taken along."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, request

from renewal.documents.table import csv_file
from renewal.domain.clock import china_day
from renewal.domain.errors import InvalidValue
from renewal.office import auditing
from renewal.store.audit import Report
from renewal.store.head import Head
from renewal.store.log_search import Entry, Wanted
from renewal.web import htmx, messages
from renewal.web.context import context
from renewal.web.office import guard, log_filter
from renewal.web.office.log_rows import HEADINGS, exported, last_checked, shown

log = Blueprint("log", __name__, url_prefix="/log")

ON_A_PAGE = 50
ANCHOR = "audit-anchor"
WHOLE = "日志{said}。"
NOT_WHOLE = "日志有问题，请保留现在的数据库文件，不要继续操作，并联系系统管理员。"


@log.get("")
def show() -> Response:
    return _page()


@log.get("/check")
def check() -> Response:
    try:
        typed = request.args.get("remembered", "")
        report = auditing.check(context().services, guard.member(), Head.typed(typed) if typed.strip() else None)
    except InvalidValue as problem:
        messages.add("error", str(problem))
        return _page(422)
    messages.add(*_result(report))
    return _page(findings=[finding.text for finding in report.findings])


@log.get("/export.csv")
def export() -> Response:
    try:
        wanted = log_filter.read(request.args)
    except InvalidValue as problem:
        messages.add("error", str(problem))
        return _page(422)
    words = log_filter.words(request.args)
    anchor, pages = auditing.export(context().services, guard.member(), wanted, words)
    response = Response(csv_file(_table(pages, anchor)), mimetype="text/csv")
    day = china_day(context().services.now())
    response.headers["Content-Disposition"] = f"attachment; filename=log-{day:%Y%m%d}.csv"
    return response


def _table(pages: Iterator[list[Entry]], anchor: str) -> Iterator[list[list[object]]]:
    yield [[*HEADINGS]]
    for page in pages:
        yield [exported(entry) for entry in page]
    yield [[ANCHOR, anchor]]


def _result(report: Report) -> tuple[str, str]:
    return ("error", NOT_WHOLE) if report.findings else ("success", WHOLE.format(said=auditing.said(report)))


def _page(status: int = 200, **more: Any) -> Response:
    try:
        wanted = log_filter.read(request.args)
    except InvalidValue as problem:
        messages.add("error", str(problem))
        wanted, status = Wanted(), 422
    services, before = context().services, _before()
    found = services.log_search.newest(wanted, before, ON_A_PAGE + 1)
    older = {"before": str(found[ON_A_PAGE - 1].sequence)} if len(found) > ON_A_PAGE else {}
    return htmx.page(
        "office/log.html",
        status,
        entries=[shown(entry) for entry in found[:ON_A_PAGE]],
        older=log_filter.query(request.args, **older) if older else "",
        later=before is not None,
        query=log_filter.query(request.args),
        typed=request.args,
        kinds=log_filter.KINDS,
        filtered=wanted != Wanted(),
        anchor=auditing.anchor(services),
        last_check=last_checked(auditing.last_check(services)),
        **more,
    )


def _before() -> int | None:
    """The row above a page; a number that no log comes to is none."""
    typed = request.args.get("before", "")
    return int(typed) if typed.isdecimal() and len(typed) < 19 else None
