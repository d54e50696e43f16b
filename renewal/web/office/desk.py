"""今日待办: what waits for the office today."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from renewal.web import display as displays
from renewal.web import htmx
from renewal.web.halves import OFFICE

desk = Blueprint("desk", __name__)


@desk.get("/")
def today() -> Response:
    return htmx.page("office/today.html")


@desk.post("/display")
def display() -> BaseResponse:
    return displays.switch(request.form, f"{OFFICE}/")
