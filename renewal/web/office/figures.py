"""统计: how the work goes, as charts with a table behind each."""

from flask import Blueprint, Response, request

from renewal.office.figures import report
from renewal.web import htmx
from renewal.web.context import context
from renewal.web.office import figure_charts

figures = Blueprint("figures", __name__, url_prefix="/figures")

PERIODS = {13: "近13周（一季）", 26: "近26周（半年）", 52: "近52周（一年）"}
USUAL = 26


@figures.get("")
def show() -> Response:
    asked = request.args.get("weeks", "")
    weeks = int(asked) if asked in map(str, PERIODS) else USUAL
    found = report(context().services, weeks)
    return htmx.page(
        "office/figures.html",
        nothing=not (found.statuses or found.reached or any(found.decided)),
        charts=figure_charts.charts(found),
        periods=[(number, words, number == weeks) for number, words in PERIODS.items()],
        since=found.weeks[0],
    )
