"""The one-screen review of a case, and what a clerk does on it."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.domain import text
from renewal.domain.application import MoveRefused
from renewal.domain.defects import DefectsRefused
from renewal.domain.errors import InvalidValue
from renewal.office import claiming, deciding, identifying, notes, undoing
from renewal.office.claiming import STALE, Held
from renewal.office.reading import read
from renewal.services import Services
from renewal.store.applications import Application, ApplicationChanged
from renewal.store.staff import Member
from renewal.web import htmx, messages
from renewal.web.context import context
from renewal.web.office import guard, returned_fields
from renewal.web.office.around import around, query
from renewal.web.office.dossier import dossier

review = Blueprint("review", __name__, url_prefix="/cases/<number>")

PICTURES = {"portrait": "image/jpeg", "signature": "image/png", "selfie": "image/jpeg"}
SAME = {"yes": True, "no": False}
CHOOSE = "请选择“是同一人”或“不是同一人”。"


@review.get("")
def show(number: str) -> Response:
    return page(opened(number))


@review.get("/pictures/<kind>")
def picture(number: str, kind: str) -> Response:
    """As handed in last, with `before` the time before that; the selfie as long as it is kept."""
    case = opened(number)
    if kind not in PICTURES:
        abort(404)
    return make_response(_picture(case, kind) or abort(404), {"Content-Type": PICTURES[kind]})


@review.post("/claim")
def claim(number: str) -> BaseResponse:
    return act(number, claiming.claim, "已领办，由您办理。")


@review.post("/release")
def give_back(number: str) -> BaseResponse:
    return act(number, claiming.give_back, "已放回，其他人可以领办。")


@review.post("/takeover")
def take_over(number: str) -> BaseResponse:
    return act(number, claiming.take_over, "已接手，由您办理。")


@review.post("/accept")
def accept(number: str) -> BaseResponse:
    return act(number, _seen(deciding.accept, reason()), "已受理。十分钟内可以撤销。")


@review.post("/approve")
def approve(number: str) -> BaseResponse:
    return act(number, _seen(deciding.approve, reason()), "已作出决定：准予延续注册。")


@review.post("/decline")
def decline(number: str) -> BaseResponse:
    return act(number, _seen(deciding.decline, reason()), "已作出决定：不予延续注册。")


@review.post("/undo")
def undo(number: str) -> BaseResponse:
    return act(number, _seen(undoing.take_back), "已撤销，恢复为原来的状态。")


@review.post("/verify")
def verify(number: str) -> BaseResponse:
    return act(number, _seen(identifying.verify_person, reason()), "已记下本人在窗口核验。")


@review.post("/selfie")
def selfie(number: str) -> BaseResponse:
    same = SAME.get(request.form.get("same", ""))
    if same is None:
        return refused(opened(number), CHOOSE, 422)
    return act(number, _seen(identifying.compare_selfie, same), "比对结果已记下，自拍照已删除。")


@review.post("/note")
def note(number: str) -> BaseResponse:
    return act(number, lambda services, case, member: notes.add(services, case, member, reason()), "备注已记下。")


def opened(number: str) -> Application:
    """The case, its reading logged; 404 for a number that is none, 410 for one whose content was deleted."""
    services = context().services
    return read(services, guard.member(), number) or abort(410 if services.applications.was_deleted(number) else 404)


def act(number: str, verb: Callable[[Services, Application, Member], Any], done: str) -> BaseResponse:
    """Do it and show the case; what is refused is said on the case as it is now, with what was typed."""
    case = opened(number)
    try:
        verb(context().services, case, guard.member())
    except (Held, MoveRefused, ApplicationChanged) as lost:
        return refused(case, str(lost) or STALE, 409)
    except DefectsRefused as problem:
        return refused(case, str(problem), 422, problem.errors)
    except InvalidValue as problem:
        return refused(case, str(problem), 422)
    messages.add("success", done)
    return redirect(url_for("office.review.show", number=number) + query(), 303)


def refused(case: Application, said: str, status: int, errors: Mapping[str, str] | None = None) -> Response:
    """The case as it stands now, why nothing was done, and all that was typed."""
    messages.add("error", said)
    return page(context().services.applications.get(case.id), status, errors)


def page(case: Application, status: int = 200, errors: Mapping[str, str] | None = None) -> Response:
    return htmx.page(
        "office/review.html",
        status,
        works=guard.works(),
        typed=request.form,
        asked_from=(request.endpoint or "").rpartition(".")[2],
        chosen=returned_fields.chosen(),
        errors=errors or {},
        around=around(case),
        **dossier(context().services, case, guard.member()),
    )


def version() -> int:
    """The case's version that the form was shown with."""
    return text.version(request.form.get("version", ""))


def reason() -> str:
    return request.form.get("reason", "")


def _seen(verb: Callable[..., Any], *more: Any) -> Callable[[Services, Application, Member], Any]:
    """A verb that is told which version the clerk saw."""
    return lambda services, case, member: verb(services, case, version(), member, *more)


def _picture(case: Application, kind: str) -> bytes | None:
    services = context().services
    if kind == "selfie":
        return services.attachments.get(case.draft_id, kind)
    before = "before" in request.args and case.submissions > 1
    return services.submissions.pictures(case.id, case.submissions - 1 - before).get(kind)
