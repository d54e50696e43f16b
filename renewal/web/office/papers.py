"""A case's papers for the staff; who takes one reads personal data, and the log says so."""

from flask import Blueprint, Response

from renewal.web import pdf
from renewal.web.office.review import opened

papers = Blueprint("papers", __name__, url_prefix="/cases/<number>")


@papers.get("/form.pdf")
def form(number: str) -> Response:
    return pdf.form(opened(number))


@papers.get("/letters/<int:version>.pdf")
def letter(number: str, version: int) -> Response:
    return pdf.letter(opened(number), version)
