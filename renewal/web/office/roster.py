"""名册: who is registered and whose registration ends soon; administrators bring in a new file here."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.documents.table import csv_file
from renewal.domain.errors import InvalidValue
from renewal.office.acts import actor
from renewal.office.rostering import background, importing
from renewal.office.rostering.faults import table
from renewal.store.roster import expiring_within
from renewal.store.roster_imports import Import
from renewal.web import htmx, messages
from renewal.web.context import context
from renewal.web.office import guard, roster_labels
from renewal.web.office.roster_labels import administers

roster = Blueprint("roster", __name__, url_prefix="/roster")


@roster.get("")
def show() -> Response:
    return _page()


@roster.post("")
def receive() -> BaseResponse:
    """A file, or that the one that was looked at is to be taken."""
    if "confirm" in request.form:
        return _done(_confirm, "名册已导入。")
    return _done(_receive)


@roster.post("/columns")
def columns() -> BaseResponse:
    return _done(lambda: _begin(importing.again(context().services, _id(), importing.columns_chosen(request.form))))


@roster.post("/again")
def again() -> BaseResponse:
    return _done(lambda: _begin(importing.again(context().services, _id())))


@roster.post("/drop")
def drop() -> BaseResponse:
    return _done(lambda: _swept(importing.give_up, actor(guard.member())), "已放弃，名册没有改变。")


@roster.post("/undo")
def undo() -> BaseResponse:
    return _done(lambda: _swept(importing.undo, actor(guard.member())), "上次导入已撤销。")


@roster.get("/errors.csv")
def errors() -> Response:
    found = context().services.roster_imports.in_hand() or context().services.roster_imports.current()
    pages = table(context().services, found.id if found else 0)
    response = Response(csv_file(pages), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=roster-errors.csv"
    return response


def _receive() -> None:
    file = request.files.get("roster")
    if file is None:
        raise InvalidValue(importing.NOTHING)
    importing.check_size(file.stream.seek(0, 2), current_app.config["ROSTER_BYTES"])
    services = context().services
    one = importing.receive(services, file.filename or "名册", actor(guard.member()))
    try:
        file.stream.seek(0)
        services.roster_rows.keep(one.id, file.stream)
    except Exception:  # a full disk above all: what came of the file is of no use
        importing.give_up(services, one.id, actor(guard.member()))
        raise
    _begin(importing.received(services, one))


def _begin(one: Import) -> None:
    """What is small is read at once, the rest in a process of its own."""
    services = context().services
    if services.roster_rows.size(one.id) <= background.AT_ONCE:
        background.run(importing.workshop(services), one.id, one.run)
    else:
        background.start(services, one)


def _confirm() -> None:
    wrong = request.form.get("without_wrong") == "yes"
    importing.confirm(context().services, _id("confirm"), actor(guard.member()), without_wrong=wrong)
    background.start(context().services)


def _swept(verb: Callable[..., None], *by: Any) -> None:
    verb(context().services, _id(), *by)
    background.start(context().services)


def _id(name: str = "import") -> int:
    typed = request.form.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def _done(act: Callable[[], None], said: str = "") -> BaseResponse:
    try:
        act()
    except InvalidValue as problem:
        messages.add("error", str(problem))
        return _page(422)
    if said:
        messages.add("success", said)
    return redirect(url_for("office.roster.show"), 303)


def _page(status: int = 200) -> Response:
    services = context().services
    asked = expiring_within(services.policy.opens_days, services.now(), roster_labels.order(request.args))
    found = services.roster_imports.in_hand() if administers(guard.member()) else None
    return htmx.page(
        "office/roster.html",
        status,
        roster=roster_labels.current(services),
        waiting=found and roster_labels.waiting(services, found),
        administers=administers(guard.member()),
        most=current_app.config["ROSTER_BYTES"] // importing.MEGABYTE,
        **roster_labels.listed(services, asked, request.args),
    )
