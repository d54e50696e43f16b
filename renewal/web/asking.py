"""Asking the employer, by the applicant: another link, what it declined opened again, and the way on paper."""

from flask import Blueprint, Response, abort, make_response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal import employer
from renewal.documents.qr import qr_png, qr_svg
from renewal.domain.application import Status
from renewal.domain.confirmation import CONFIRMED
from renewal.forms.details import FORM as DETAILS
from renewal.store.applications import Application
from renewal.store.drafts import DraftChanged
from renewal.web import htmx, leading, messages, session
from renewal.web.cases import own
from renewal.web.context import context
from renewal.web.session_expired import STALE
from renewal.web.sharing import RENEW, address_of

asking = Blueprint("asking", __name__, url_prefix="/applications/<number>/employer")

RENEWED = "已换成新链接，原来的链接不能再用。请把新链接发给单位。"
ON_PAPER = ("name", "id_type", "id_number", "phone", "employer", "employer_code", "specialty_1", "specialty_2")


@asking.post("/link")
def renew(number: str) -> BaseResponse:
    """换一个新链接."""
    application = own(number)
    employer.renew_link(context().services, application, _token(application, RENEW))
    messages.add("success", RENEWED)
    return leading.go(url_for("cases.show", number=number))


@asking.get("/qr")
def qr(number: str) -> Response:
    """The link as it stands now, to be scanned from the applicant's screen."""
    address = address_of(context().services.employer_links.current(_waiting(number)).key)
    return make_response(qr_png(address), {"Content-Type": "image/png"})


@asking.get("")
def paper(number: str) -> Response:
    """The way on paper: in full, for a stamp on stars would confirm nobody."""
    application = _waiting(number)
    details = application.answers["details"]
    receipt = context().public_url(url_for("cases.receipt", token=context().tokens.receipt(application.id)))
    return htmx.page(
        "employer/paper.html",
        back=url_for("cases.show", number=number),
        number=number,
        rows=[
            (f.label, details[f.name])
            for f in DETAILS.fields
            if f.name in ON_PAPER and (details[f.name] or f.name == "employer_code")
        ],
        confirmed=CONFIRMED,
        qr=qr_svg(receipt),
    )


@asking.errorhandler(DraftChanged)
def _stale(_changed: DraftChanged) -> BaseResponse:
    """A form that was not shown on this case's own page: the case as it is."""
    messages.add("warning", STALE)
    return leading.state(url_for("cases.show", **(request.view_args or {})), 409)


def _waiting(number: str) -> Application:
    """The own case, as long as it waits for the employer."""
    application = own(number)
    if application.status is not Status.SUBMITTED or not context().services.policy.employer_confirmation:
        abort(404)
    return application


def _token(application: Application, what: str) -> int:
    """The version that the form was shown for. Raises DraftChanged for another form's."""
    token = session.token()
    if token is None or (token.step, token.draft) != (what, application.draft_id):
        raise DraftChanged
    return token.version
