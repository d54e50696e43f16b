"""To a face provider's page and back. What the browser brings along says nothing: the provider's server is asked."""

from flask import Blueprint, Response, make_response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.domain.application import OPEN
from renewal.domain.trust import Trust
from renewal.journey import identity as checks
from renewal.journey.form_input import Invalid
from renewal.journey.identity import NotProven
from renewal.journey.steps import face, next_path
from renewal.store.drafts import Draft
from renewal.verification import COMPANIES
from renewal.verification.provider import NotFinished
from renewal.web import htmx, leading, messages, session
from renewal.web.cases import own
from renewal.web.context import context
from renewal.web.visitor import visitor

identity = Blueprint("identity", __name__, url_prefix="/renewal/face")

TRIES = 10  # the page asks by itself, three seconds apart
PASSED = "人脸识别已通过。"
NO_CONSENT = "请先阅读并勾选授权，再点“去刷脸”；不愿意刷脸的，这一项可以不办。"


@identity.get("/go")
def go() -> BaseResponse:
    """On to the provider's page. A form may not lead there, by our CSP: a script does, or a page with a link."""
    draft, services = session.draft(), context().services
    order = services.face_orders.last_of(draft.id)
    back = url_for("identity.back", state=context().tokens.face_check(order.id)) if order else ""
    agent = request.headers.get("User-Agent", "")
    try:
        url = checks.start(services, order, visitor(), context().public_url(back), agent)
    except NotProven as problem:
        return _return_to(draft, str(problem))
    if htmx.wants_fragment():
        return make_response("", {"HX-Redirect": url})
    company = COMPANIES[order.provider] if order else ""
    return htmx.page("steps/leaving.html", url=url, company=company, back=_place(draft))


@identity.get("/return/<state>")
def back(state: str) -> BaseResponse:
    """From the provider's page, and again until there is a result."""
    order_id = context().tokens.read_face_check(state)
    try:
        draft = checks.settle(context().services, order_id or "", visitor())
    except NotFinished:
        return _waiting(state)
    except NotProven as problem:
        return _return_to(session.draft(), str(problem))
    session.select_draft(draft)
    messages.add("success", PASSED)
    return leading.go(_place(draft))


@identity.post("/upgrade")
def upgrade() -> BaseResponse:
    """Of a case that is handed in already: nobody need compare a selfie, or come to the counter."""
    services, application = context().services, own(request.form.get("number", ""))
    draft = services.draft(application.draft_id)
    session.select_draft(draft)
    try:
        provider = checks.offered(services, draft)
        if provider is None or draft.trust is Trust.VERIFIED or application.status not in OPEN:
            return leading.go(_place(draft))
        if request.form.get("consent") not in face.TICKED:
            raise Invalid({"consent": NO_CONSENT})
        services.face_orders.put(checks.ask(services, provider, draft, visitor()))
    except Invalid as problem:
        return _return_to(draft, str(problem))
    return leading.go(face.SET_OUT)


def _waiting(state: str) -> Response:
    asked = request.args.get("n", 0, type=int)
    return htmx.page(
        "steps/waiting.html",
        now=url_for("identity.back", state=state),
        later=url_for("identity.back", state=state, n=asked + 1) if asked < TRIES else "",
        back=_place(session.draft()),
    )


def _return_to(draft: Draft, words: str) -> BaseResponse:
    if not draft.id:  # a browser that began nothing here
        ways = [("办理延续注册", "/renewal/verify"), ("返回首页", "/")]
        return htmx.page("errors/error.html", 409, heading="人脸核身没有完成", sentence=words, actions=ways)
    messages.add("warning", words)
    return leading.go(_place(draft))


def _place(draft: Draft) -> str:
    """Where this draft goes on, or its case."""
    application = context().services.applications.of_draft(draft.id) if draft.submitted else None
    return url_for("cases.show", number=application.number) if application else next_path(draft)
