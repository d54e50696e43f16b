"""A paper as a download, and which ones a case has, for both halves."""

from collections.abc import Callable, Sequence
from io import BytesIO

from flask import Response, abort, send_file

from renewal import papers
from renewal.store.applications import Application
from renewal.store.event_log import Event
from renewal.web.context import context

FORM, RECEIPT = "申请表", "申请回执"


def form(case: Application) -> Response:
    return download(papers.form(context().services, case, context().services.office.name), FORM, case.number)


def letter(case: Application, version: int) -> Response:
    """The letter of the move to `version`; 404 when there is none."""
    services = context().services
    found = papers.issued(services.applications.events(case.id))
    one = next((one for one in found if one.version == version), None) or abort(404)
    return download(papers.letter_of(services, case, one, context().services.office.name), one.title, case.number)


def download(data: bytes, title: str, number: str, kind: str = "pdf") -> Response:
    """To be kept; the name of the file is Chinese where the browser knows how, else the number alone."""
    name, mimetype = f"{title}{number}.{kind}", f"application/{kind}"
    response = send_file(BytesIO(data), mimetype, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response


def offered(events: Sequence[Event], form_url: str, letter_url: Callable[[int], str]) -> list[tuple[str, str]]:
    """Title and address of each paper of a case, the newest letter last."""
    return [(FORM, form_url), *((one.title, letter_url(one.version)) for one in papers.issued(events))]
