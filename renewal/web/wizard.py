"""The steps of the journey: read the form, call one verb, answer with where it leads."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort, make_response, request
from werkzeug.wrappers import Response as BaseResponse

from renewal.domain.clock import hour_minute
from renewal.images.preview import preview
from renewal.journey import filling, identity, pictures, submission
from renewal.journey.answers import FormInput, Repeated
from renewal.journey.studio import OTHER, PHOTO
from renewal.steps import BY_NAME, Step, is_open, verify
from renewal.steps.attachments import PICTURES
from renewal.steps.notice import ALL
from renewal.store.drafts import Draft, DraftChanged
from renewal.web import htmx, image_slots, messages, session
from renewal.web.context import context
from renewal.web.form_input import files, step_form, token
from renewal.web.pages import StepView, next_path, step_page, submitted_page
from renewal.web.tokens import StepToken

wizard = Blueprint("wizard", __name__, url_prefix="/renewal")

TAKEN_ELSEWHERE = "未能保存：这一步在别处已保存过，请刷新本页后再修改"


@wizard.get("/<name>")
def show(name: str) -> BaseResponse:
    step = BY_NAME.get(name) or abort(404)
    draft = session.begin() if step is verify.STEP else session.draft()
    if draft.submitted or not is_open(step, draft.all_answers):
        return htmx.go(next_path(draft))
    return htmx.at(step.path, step_page(StepView(step, draft)))


@wizard.post("/<name>")
def take(name: str) -> BaseResponse:
    step = BY_NAME.get(name) or abort(404)
    draft, form_input = step_form(step.name)
    context().services.check(draft, form_input)
    if step.name == "notice" and "all" in request.form:
        return step_page(StepView(step, draft, ticked=ALL))
    try:
        advanced = TAKE[step.name](draft, form_input)
    except DraftChanged:
        # Of two taps at once the other may have been taken just now: then this one repeats it.
        context().services.check(session.draft_now(), form_input)
        raise
    session.select_draft(advanced)
    return _answer(step, advanced)


def _answer(step: Step, advanced: Draft) -> BaseResponse:
    path = next_path(advanced)
    if step is verify.STEP and path == verify.STEP.path:
        return step_page(StepView(step, advanced))  # “未查询到该用户，是否前往注册？”
    if step.name == "face":
        way = advanced.answers["face"]["method"]
        messages.add("success", "人脸识别已通过" if way == "selfie" else "已选择到窗口核验")
    return htmx.go(path)


@wizard.post("/details/autosave")
def autosave() -> Response:
    draft, form_input = step_form("details")
    try:
        context().services.check(draft, form_input)
    except Repeated:  # its answer is a page, for which 已保存 has no room
        return make_response(TAKEN_ELSEWHERE)
    return make_response(f"已保存 {hour_minute(filling.keep_typed(context().services, draft, request.form))}")


@wizard.get("/attachments/<kind>")
def picture(kind: str) -> BaseResponse:
    """A picture of the draft in hand, `small` for a page; of the portrait also the one with the `other` wall.
    Who comes to the address itself, as by reloading a refused upload, is led to the step."""
    wanted = OTHER if "other" in request.args else _picture(kind)
    if "text/html" in request.headers.get("Accept", ""):  # a page is asked for; a picture on a page says image/* or */*
        return htmx.go(BY_NAME["attachments"].path)
    data = context().services.attachments.get(session.draft().id, wanted)
    if data is None:
        abort(404)
    if kind == PHOTO and "small" in request.args:
        data = preview(data)
    return make_response(data, {"Content-Type": "image/png" if kind == "signature" else "image/jpeg"})


@wizard.post("/attachments/<kind>")
def put_picture(kind: str) -> BaseResponse:
    session.select_draft(_changed(token(_picture(kind)), request.form))
    return htmx.go(BY_NAME["attachments"].path)


@wizard.get("/done")
def done() -> BaseResponse:
    application = context().services.applications.of_draft(session.draft().id)
    return submitted_page(application) if application else htmx.go(next_path(session.draft()))


def _picture(kind: str) -> str:
    return kind if kind in {picture.kind for picture in PICTURES} else abort(404)


def _changed(read: StepToken, form: Mapping[str, str]) -> Draft:
    """Put, removed, adjusted, or with another wall: by the button that was pressed."""
    image_slots.enter()
    services, kind = context().services, read.step
    if kind == PHOTO and "adjust" in form:
        return pictures.adjust(services, read.draft, read.version, form)
    if kind == PHOTO and "wall" in form:
        return pictures.choose_background(services, read.draft, read.version, form["wall"])
    data = None if form.get("remove") == "1" else pictures.chosen(kind, files(kind), form)
    return pictures.attach(services, read.draft, kind, read.version, data)


def _claim(draft: Draft, form_input: FormInput) -> Draft:
    mine = [*session.opened(), *session.device().drafts]
    return identity.claim(context().services, draft, form_input, request.form, mine, session.device().csrf)


def _review(draft: Draft, form_input: FormInput) -> Draft:
    application = submission.submit(context().services, draft, form_input)
    return context().services.draft(application.draft_id)


TAKE: dict[str, Callable[[Draft, FormInput], Draft]] = {
    "verify": _claim,
    "register": lambda draft, form_input: identity.register(context().services, draft, form_input, request.form),
    "face": lambda draft, form_input: identity.prove(
        context().services, draft, form_input, request.form, files("selfie")
    ),
    "notice": lambda draft, form_input: filling.read_notice(
        context().services, draft, form_input, request.form.getlist("read")
    ),
    "details": lambda draft, form_input: filling.save_details(context().services, draft, form_input, request.form),
    "attachments": lambda draft, _posted: pictures.go_on(draft),
    "commitment": lambda draft, form_input: filling.commit(
        context().services, draft, form_input, request.form.get("commitment", ""), request.remote_addr or ""
    ),
    "review": _review,
}
