"""冲突: the open cases on one ID number side by side, and which of them is the person's."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.domain.application import LABELS as STATUSES
from renewal.domain.application import OPEN, MoveRefused
from renewal.domain.clock import day_and_time
from renewal.domain.errors import InvalidValue
from renewal.domain.text import case_seen
from renewal.domain.trust import Trust
from renewal.forms.correction import FIELDS
from renewal.office import claiming, conflicts, reading
from renewal.office.claiming import Held
from renewal.services import Services
from renewal.store.applications import Application, ApplicationChanged
from renewal.verification import LABELS as WAYS
from renewal.web import htmx, messages
from renewal.web.context import context
from renewal.web.office import guard

conflict = Blueprint("conflict", __name__, url_prefix="/cases/<number>/conflict")

SETTLED = "冲突已处理：这一件是本人的，{others}未能受理。可以接着办理。"
NOBODYS = "冲突已处理：都不是本人的，{others}未能受理。"


@conflict.get("")
def show(number: str) -> Response:
    return _page(_opened(number))


@conflict.post("")
def settle(number: str) -> BaseResponse:
    case, mine, shown = (
        _opened(number),
        request.form.get("mine", ""),
        dict(map(case_seen, request.form.getlist("case"))),
    )
    try:
        way = request.form.get("way", "")
        stays = conflicts.settle(context().services, case, shown, mine, way, guard.member())
    except (Held, MoveRefused, ApplicationChanged) as lost:
        return _refused(case, str(lost) or claiming.STALE, 409)
    except InvalidValue as problem:
        return _refused(case, str(problem), 422)
    others = "、".join(other for other in shown if other != mine) or "没有别的件"
    messages.add("success", (SETTLED if stays else NOBODYS).format(others=others))
    return redirect(url_for("office.review.show", number=stays[0].number if stays else number), 303)


def _opened(number: str) -> Application:
    return reading.read(context().services, guard.member(), number) or abort(404)


def _refused(case: Application, said: str, status: int) -> Response:
    messages.add("error", said)
    return _page(context().services.applications.get(case.id), status)


def _page(case: Application, status: int = 200) -> Response:
    services, member = context().services, guard.member()
    found = conflicts.beside(services, case)
    for other in found:
        reading.read(services, member, other.number)
    return htmx.page(
        "office/conflict.html",
        status,
        number=case.number,
        url=url_for("office.review.show", number=case.number),
        cases=[_case(services, each) for each in found],
        rows=_rows(found),
        settles=guard.works() and any(each.conflict for each in found),
        over=case.status not in OPEN,
        ways=conflicts.WAYS,
        nobody=conflicts.NONE,
        typed=request.form,
    )


def _case(services: Services, case: Application) -> dict[str, Any]:
    pictures = {
        kind: url_for("office.review.picture", number=case.number, kind=kind) for kind in ("portrait", "selfie")
    }
    if not services.attachments.some(case.draft_id, ["selfie"]):
        del pictures["selfie"]
    return {
        "number": case.number,
        "version": case.version,
        "url": url_for("office.review.show", number=case.number),
        "name": case.answers["details"]["name"],
        "status": STATUSES[case.status],
        "submitted_at": day_and_time(case.submitted_at),
        "method": WAYS[case.method],
        "verified": case.trust is Trust.VERIFIED,
        "address": case.answers["commitment"]["ip"],
        "clerk": claiming.holder(services, case),
        "pictures": pictures,
        "signature": url_for("office.review.picture", number=case.number, kind="signature"),
    }


def _rows(cases: list[Application]) -> list[tuple[str, list[str], bool]]:
    """Label, what each says, and whether they differ."""
    said = [(label, [case.answers["details"][name] for case in cases]) for name, label in FIELDS.items()]
    return [(label, values, len(set(values)) > 1) for label, values in said]
