"""继续办理 on another phone by a code that goes to the number confirmed on the first."""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.attempts import TooMany
from renewal.forms.by_phone import FORM
from renewal.journey import phone as verbs
from renewal.journey.form_input import Invalid
from renewal.web import htmx, messages, throttle
from renewal.web.cases import opened_elsewhere
from renewal.web.context import context
from renewal.web.summary import summary

by_phone = Blueprint("by_phone", __name__, url_prefix="/resume/phone")

SENT = "身份证号码和手机号码对得上的，验证码已发到这个手机，一般一分钟内收到。"
"""Whether they are or not."""


@by_phone.before_request
def _only_where_somebody_sends() -> None:
    if context().services.sms is None:
        abort(404)


@by_phone.get("")
def show() -> Response:
    return htmx.push_url(url_for("by_phone.show"), _page())


@by_phone.post("")
def ask() -> Response:
    try:
        verbs.ask_for_way_in(context().services, request.form)
    except Invalid as problem:
        return _page(request.form, problem.errors, 422)
    messages.add("success", SENT)
    return _page(request.form, asked=True)


@by_phone.post("/open")
def go_on() -> BaseResponse:
    try:
        draft = verbs.way_in(context().services, request.form)
    except Invalid as problem:
        return _page(request.form, problem.errors, 422, asked="code" in problem.errors)
    return opened_elsewhere(draft)


@by_phone.errorhandler(TooMany)
def _too_often(too_many: TooMany) -> Response:
    return throttle.answer(too_many, lambda: _page(request.form, asked="code" in request.form))


def _page(
    values: Mapping[str, str] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
    asked: bool = False,
) -> Response:
    values, errors = values or {}, errors or {}
    return htmx.page(
        "portal/by_phone.html",
        status,
        entries=FORM.entries(values, context().services.rules, errors),
        asked=asked,
        typed=values,
        errors=errors,
        summary=summary(errors, {**FORM.labels, "code": "验证码"}),
    )
