"""Several clean cases at once, from the list."""

from flask import Blueprint, Response, request, url_for

from renewal.domain.errors import InvalidValue
from renewal.office.batch import decide as decide_each
from renewal.web import htmx, messages
from renewal.web.context import context
from renewal.web.office import guard

batch = Blueprint("batch", __name__, url_prefix="/cases/batch")

DONE = {"accept": "已受理", "approve": "已准予延续注册"}


@batch.post("")
def decide() -> Response:
    """What was done, and what was not and why."""
    name = request.form.get("move", "")
    try:
        outcomes = decide_each(context().services, guard.member(), name, request.form.getlist("case"))
    except InvalidValue as problem:
        messages.add("error", str(problem))
        return htmx.page("office/batch.html", 422, done=[], left=[], label="")
    told = [(each.number, url_for("office.review.show", number=each.number), each.why) for each in outcomes]
    return htmx.page(
        "office/batch.html",
        label=DONE[name],
        done=[each for each in told if not each[2]],
        left=[each for each in told if each[2]],
    )
