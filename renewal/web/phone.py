"""短信提醒: the applicant's own number, confirmed by a code; and where a message's link leads."""

from flask import Blueprint, Response, abort, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.attempts import TooMany
from renewal.domain import masks
from renewal.journey import phone as verbs
from renewal.journey.form_input import Invalid, Repeated
from renewal.journey.steps import BY_NAME, details, next_path
from renewal.journey.taking import check
from renewal.web import form_input, htmx, leading, messages, session, throttle
from renewal.web.cases import own
from renewal.web.context import context
from renewal.web.summary import summary

phone = Blueprint("phone", __name__)

SENT = "验证码已发到{phone}，一般一分钟内收到。"
CONFIRMED = "已开通短信提醒，以后有结果、要补正时，会发短信到{phone}。"
STOPPED = "已关闭短信提醒，不再给您发短信。"
LABELS = {"code": "验证码"}


@phone.before_request
def _only_where_somebody_sends() -> None:
    if context().services.sms is None:
        abort(404)


@phone.get("/phone")
def show() -> Response:
    return htmx.push_url(url_for("phone.show"), _page())


@phone.post("/renewal/details/phone", defaults={"name": "details"})
def from_details(name: str) -> BaseResponse:
    """From 申报信息: what is typed there is kept."""
    draft, sent = form_input.read(BY_NAME[name])
    try:
        check(draft, sent)
        details.autosave(context().services, draft, sent.fields)
    except Repeated:  # 下一步 was taken with another form of this page: what stands there holds
        pass
    return leading.go(url_for("phone.show"))


@phone.get("/applications/<number>/phone")
def of_case(number: str) -> BaseResponse:
    session.select_draft(context().services.draft(own(number).draft_id))
    return leading.go(url_for("phone.show"))


@phone.post("/phone/code")
def ask() -> Response:
    try:
        verbs.ask(context().services, session.draft())
    except Invalid as refused:
        return _page(refused.errors, status=422)
    messages.add("success", SENT.format(phone=_mask()))
    return htmx.push_url(url_for("phone.show"), _page())


@phone.post("/phone/confirm")
def confirm() -> BaseResponse:
    try:
        verbs.confirm(context().services, session.draft(), request.form.get("code", ""))
    except Invalid as wrong:
        return _page(wrong.errors, wrong.typed.get("code", ""), 422)
    messages.add("success", CONFIRMED.format(phone=_mask()))
    return leading.go(_back())


@phone.post("/phone/stop")
def stop() -> Response:
    verbs.stop(context().services, session.draft())
    messages.add("success", STOPPED)
    return htmx.push_url(url_for("phone.show"), _page())


@phone.get("/m/<link>")
def link(link: str) -> BaseResponse:
    """What a message leads to. The link itself opens nothing: who is not known here shows first who they are."""
    services = context().services
    case = services.applications.find(services.sent_messages.case_of(link) or 0) or abort(404)
    if case.draft_id in session.opened():
        session.select_draft(services.draft(case.draft_id))
        return leading.go(url_for("cases.show", number=case.number))
    return leading.go(url_for("by_phone.show"))


@phone.errorhandler(TooMany)
def _too_often(too_many: TooMany) -> Response:
    return throttle.answer(too_many, _page)


def _page(errors: dict[str, str] | None = None, typed: str = "", status: int = 200) -> Response:
    services, draft = context().services, session.draft()
    return htmx.page(
        "portal/phone.html",
        status,
        phone=_mask(),
        confirmed=verbs.is_confirmed(services, draft),
        asked=verbs.is_asked(services, draft),
        token=context().tokens.step(draft.id, "phone", draft.version),
        typed=typed,
        errors=errors or {},
        summary=summary(errors or {}, LABELS),
        may_change=not draft.submitted,
        return_to=_back(),
    )


def _mask() -> str:
    number = verbs.number_of(context().services, session.draft())
    return masks.phone(number) if number else ""


def _back() -> str:
    """To where one was: the step that is open, or the case."""
    draft = session.draft()
    if draft.submitted and (case := context().services.applications.of_draft(draft.id)):
        return url_for("cases.show", number=case.number)
    return next_path(draft)
