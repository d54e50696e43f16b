"""短信: sent, waiting and failed, why, and once more."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.domain import sms
from renewal.domain.clock import day_and_time
from renewal.domain.errors import InvalidValue
from renewal.office import messaging
from renewal.services import Services
from renewal.store.outbox import State
from renewal.store.sent_messages import Told
from renewal.store.staff import Member
from renewal.web import htmx, messages
from renewal.web.context import context
from renewal.web.office import guard

texts = Blueprint("texts", __name__, url_prefix="/messages")

ON_A_PAGE = 50
STATES = {State.FAILED: "没有发出", State.WAITING: "等待发送", State.SENT: "已发出", State.DROPPED: "不用再发"}
NIGHT = "夜间不发，8点后发送"


@texts.get("")
def show() -> Response:
    return _page()


@texts.post("/again")
def all_again() -> BaseResponse:
    number = messaging.all_again(context().services, guard.member())
    messages.add("success" if number else "warning", f"{number}条短信将重新发送。" if number else "没有要重发的短信。")
    return redirect(url_for("office.texts.show"), 303)


@texts.post("/<int:message_id>/again")
def again(message_id: int) -> BaseResponse:
    return _act(message_id, messaging.again, "将重新发送。")


@texts.post("/<int:message_id>/drop")
def drop(message_id: int) -> BaseResponse:
    return _act(message_id, messaging.drop, "不再发送。需要告诉申请人的，请打电话。")


def row(told: Told) -> dict[str, Any]:
    """How a message is told of, here and on its case's page."""
    now = context().services.now()
    waits = told.state is State.WAITING
    return {
        "id": told.id,
        "kind": sms.LABELS[told.kind],
        "state": STATES[told.state],
        "failed": told.state is State.FAILED,
        "number": told.number,
        "url": url_for("office.review.show", number=told.number) if told.number else "",
        "phone": told.phone,
        "at": day_and_time(told.sent_at or told.made_at),
        "next": day_and_time(told.next_try_at) if waits and told.next_try_at > now else "",
        "why": told.trouble or (NIGHT if waits and sms.is_quiet(now) and told.kind is not sms.Kind.CODE else ""),
        "reference": told.reference,
        "again": told.may_be_sent_again,
    }


def _act(message_id: int, verb: Callable[[Services, Told, Member], None], done: str) -> BaseResponse:
    told = context().services.sent_messages.find(message_id) or abort(404)
    try:
        verb(context().services, told, guard.member())
    except InvalidValue as refused:
        messages.add("error", str(refused))
        return _page(409)
    messages.add("success", done)
    return redirect(url_for("office.texts.show", state=State.FAILED), 303)


def _page(status: int = 200) -> Response:
    services, wanted = context().services, request.args.get("state", "")
    before = request.args.get("before", "")
    states = [State(wanted)] if wanted in set(State) else list(State)
    found = services.sent_messages.page(states, int(before) if before.isdecimal() and len(before) < 19 else None, 51)
    return htmx.page(
        "office/texts.html",
        status,
        rows=[row(each) for each in found[:ON_A_PAGE]],
        older=found[ON_A_PAGE - 1].id if len(found) > ON_A_PAGE else None,
        states=STATES,
        wanted=wanted,
        failed=len(services.sent_messages.failed_ids()),
        works=guard.works(),
        nobody_sends=services.sms is None,
    )
