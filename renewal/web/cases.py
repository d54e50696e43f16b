"""我的办件: what was begun and submitted here, the receipt, and the way in from another phone."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.attempts import TooMany
from renewal.domain.application import OPEN, WITHDRAWABLE, MoveRefused, Status
from renewal.domain.clock import day_and_time
from renewal.domain.trust import Trust
from renewal.forms.resume import FORM
from renewal.journey import identity, submission
from renewal.journey.form_input import Invalid
from renewal.journey.phone import is_reminded
from renewal.journey.resume import resume as resume_draft
from renewal.journey.steps import current, next_path
from renewal.store.applications import Application, ApplicationChanged
from renewal.store.drafts import Draft, DraftChanged
from renewal.verification import Provider
from renewal.web import correction, htmx, leading, messages, news, pdf, session, throttle
from renewal.web.context import context
from renewal.web.labels import masked, receipt_rows, status_label, timeline
from renewal.web.outlook import to_come
from renewal.web.session_expired import STALE
from renewal.web.sharing import share
from renewal.web.summary import summary

cases = Blueprint("cases", __name__)


@cases.get("/applications")
def mine() -> Response:
    drafts = [context().services.draft(draft_id) for draft_id in reversed(session.opened())]
    applications = context().services.applications.of_drafts(session.opened())
    handed_in = {application.draft_id for application in applications}  # a correction goes on from its case
    begun = [_begun(draft) for draft in drafts if "resume" in draft.answers and draft.id not in handed_in]
    page = htmx.page(
        "portal/applications.html",
        drafts=begun,
        applications=[_summary(application) for application in applications],
        locked=not begun and not applications and set(session.device().drafts) - set(session.opened()),
    )
    return htmx.push_url(url_for("cases.mine"), page)


@cases.get("/applications/continue/<draft_id>")
def go_on_with(draft_id: str) -> BaseResponse:
    """继续申报 of one of several that this session may open."""
    if draft_id not in session.opened():
        abort(404)
    draft = context().services.draft(draft_id)
    session.select_draft(draft)
    return leading.go(next_path(draft))


@cases.get("/applications/<number>")
def show(number: str) -> Response:
    application = own(number)
    defects = context().services.defects.of(application.id)
    events = context().services.applications.events(application.id)
    news.saw(application)
    return htmx.page(
        "portal/application.html",
        application=_summary(application) | {"rows": masked(application)},
        events=timeline(events, defects),
        to_come=to_come(application),
        correction=correction.asked(application, defects),
        may_withdraw=application.status in WITHDRAWABLE,
        token=context().tokens.step(application.draft_id, "withdraw", application.version),
        receipt_url=url_for("cases.receipt", token=context().tokens.receipt(application.id)),
        employer=share(application),
        reminded=is_reminded(context().services, application),
        papers=pdf.offered(
            events,
            url_for("papers.form", number=number),
            lambda version: url_for("papers.letter", number=number, version=version),
        ),
        provider=_provider(application),
    )


def _provider(application: Application) -> Provider | None:
    """Who could still say that it is the person, instead of a clerk: while that is asked at all."""
    if application.trust is Trust.VERIFIED or application.status not in OPEN:
        return None
    return identity.offered(context().services, context().services.draft(application.draft_id))


@cases.post("/applications/<number>/withdraw")
def withdraw(number: str) -> BaseResponse:
    application = own(number)
    token = session.token()
    if token is None or (token.step, token.draft) != ("withdraw", application.draft_id):
        raise DraftChanged
    if token.version == application.version:
        _withdraw(application)
    return leading.go(url_for("cases.show", number=number))


@cases.post("/applications/<number>/correct")
def correct(number: str) -> BaseResponse:
    """去补正: the wizard, where the office found something wrong."""
    try:
        draft = submission.reopen(context().services, own(number))
    except MoveRefused as refused:
        messages.add("warning", str(refused))
        return leading.go(url_for("cases.show", number=number))
    session.select_draft(draft)
    return leading.go(next_path(draft))


@cases.get("/receipts/<token>")
def receipt(token: str) -> Response:
    """Public: masks, and nothing personal beyond them."""
    applications, application_id = context().services.applications, context().tokens.read_receipt(token) or 0
    application = applications.find(application_id) or abort(410 if applications.was_deleted(application_id) else 404)
    shown = _summary(application) | {"rows": receipt_rows(application)}
    return htmx.page("portal/receipt.html", application=shown, pdf_url=url_for("papers.receipt", token=token))


@cases.get("/resume")
def resume() -> Response:
    return htmx.push_url(url_for("cases.resume"), _resume_form({}, {}))


@cases.post("/resume")
def go_on() -> BaseResponse:
    try:
        draft = resume_draft(context().services, request.form)
    except Invalid as problem:
        return _resume_form(problem.typed, problem.errors, 422)
    return opened_elsewhere(draft)


def opened_elsewhere(draft: Draft) -> BaseResponse:
    """To what somebody showed to be theirs: its case, or the step it has come to."""
    session.select_draft(draft)
    application = context().services.applications.of_draft(draft.id)
    if application:
        return leading.go(url_for("cases.show", number=application.number))
    messages.add("success", "已为您打开此前保存的申报，请继续。")
    return leading.go(next_path(draft))


@cases.errorhandler(DraftChanged)
def _stale(_changed: DraftChanged) -> BaseResponse:
    """A withdrawal that was not asked for on this case's own page: the case as it is."""
    messages.add("warning", STALE)
    return leading.state(url_for("cases.show", **(request.view_args or {})), 409)


@cases.errorhandler(TooMany)
def _too_often(too_many: TooMany) -> Response:
    return throttle.answer(too_many, lambda: _resume_form(request.form, {}))


def _resume_form(values: Mapping[str, str], errors: dict[str, str], status: int = 200) -> Response:
    entries = FORM.entries(values, context().services.rules, errors)
    return htmx.page("portal/resume.html", status, entries=entries, summary=summary(errors, FORM.labels))


def own(number: str) -> Application:
    """The application, if this session may open it; to everybody else it does not exist."""
    application = context().services.applications.by_number(number)
    if application is None or application.draft_id not in session.opened():
        abort(404)
    return application


def _withdraw(application: Application) -> None:
    try:
        submission.withdraw(context().services, application)
        messages.add("success", "申请已撤回。需要时可以重新申报。")
    except (MoveRefused, ApplicationChanged) as refused:
        messages.add("warning", str(refused) or "申请的状态刚刚有变化，请核对后再操作。")


def _begun(draft: Draft) -> dict[str, str]:
    step = current(draft.all_answers)
    return {
        "step_title": step.title,
        "url": url_for("cases.go_on_with", draft_id=draft.id),
        "saved_at": day_and_time(draft.saved_at) if draft.saved_at else "",
        "resume_code": draft.answers["resume"],
    }


def _summary(application: Application) -> dict[str, Any]:
    return {
        "number": application.number,
        "status_label": status_label(application.status),
        "submitted_at": day_and_time(application.submitted_at),
        "url": url_for("cases.show", number=application.number),
        "withdrawn": application.status is Status.WITHDRAWN,
    }
