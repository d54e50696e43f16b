"""退回补正: everything that is wrong, chosen beside its field; read once more before it is sent."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from renewal.domain.defects import DefectsRefused, from_form
from renewal.forms.correction import LABELS
from renewal.office.deciding import give_for_correction
from renewal.office.returning import checked
from renewal.web import htmx
from renewal.web.context import context
from renewal.web.office import returned_fields
from renewal.web.office.around import query
from renewal.web.office.review import act, opened, page, refused, version

returns = Blueprint("returns", __name__, url_prefix="/cases/<number>")

SENT = "已退回补正，申请人会看到每一处的原因。申请人开始补正以前，十分钟内可以撤销。"


@returns.post("/check")
def check(number: str) -> Response:
    """What will be sent; or, to change it, the case again with what was chosen."""
    case = opened(number)
    if "edit" in request.form:
        return page(case)
    try:
        found = checked(context().services, case, from_form(returned_fields.values()))
    except DefectsRefused as problem:
        return refused(case, str(problem), 422, problem.errors)
    told = [(each.field, LABELS[each.field], each.reason) for each in found]
    return htmx.page("office/return.html", number=number, version=version(), found=told, query=query())


@returns.post("/return")
def send(number: str) -> BaseResponse:
    """All of it at once."""
    return act(
        number,
        lambda services, case, member: give_for_correction(
            services, case, version(), member, from_form(returned_fields.values())
        ),
        SENT,
    )
