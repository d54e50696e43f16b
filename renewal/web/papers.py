"""下载PDF: the applicant's own papers, and the receipt for whoever holds its link."""

from flask import Blueprint, Response, abort, url_for

from renewal import papers as case_papers
from renewal.web import pdf
from renewal.web.cases import own
from renewal.web.context import context
from renewal.web.labels import receipt_rows

papers = Blueprint("papers", __name__)


@papers.get("/receipts/<token>.pdf")
def receipt(token: str) -> Response:
    """Public, and masked as its page."""
    services, tokens = context().services, context().tokens
    case = services.applications.find(tokens.read_receipt(token) or 0) or abort(404)
    page = context().public_url(url_for("cases.receipt", token=token))
    made = case_papers.receipt_of(services, case, receipt_rows(case), page, context().services.office.name)
    return pdf.download(made, pdf.RECEIPT, case.number)


@papers.get("/applications/<number>/form.pdf")
def form(number: str) -> Response:
    return pdf.form(own(number))


@papers.get("/applications/<number>/letters/<int:version>.pdf")
def letter(number: str, version: int) -> Response:
    return pdf.letter(own(number), version)
