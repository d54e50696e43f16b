"""The steps of the journey: read the form, take it, answer with where it leads."""

from flask import Blueprint, Response, abort, make_response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.domain.clock import hour_minute
from renewal.images.preview import as_webp, preview
from renewal.journey import pictures
from renewal.journey.form_input import Invalid, Repeated
from renewal.journey.steps import BY_NAME, attachments, details, is_open, next_path, notice, verify
from renewal.journey.studio import OTHER, PHOTO
from renewal.journey.taking import check, take
from renewal.web import form_input, htmx, image_slots, leading, messages, news, session
from renewal.web.context import context
from renewal.web.pages import picture_card, step_page, submitted_page

wizard = Blueprint("wizard", __name__, url_prefix="/renewal")

TAKEN_ELSEWHERE = "未能保存：这一步在别处已保存过，请刷新本页后再修改"


@wizard.get("/<name>")
def show(name: str) -> BaseResponse:
    step = BY_NAME.get(name) or abort(404)
    draft = session.begin() if step is verify.STEP else session.draft()
    if draft.submitted or not is_open(step, draft.all_answers):
        return leading.go(next_path(draft))
    return htmx.push_url(step.path, step_page(step, draft))


@wizard.post("/<name>")
@wizard.post("/attachments/<kind>", endpoint="take_picture", defaults={"name": "attachments"})
def take_step(name: str, kind: str = "") -> BaseResponse:
    """A step's form, or the one that a picture of a step has for itself."""
    step = BY_NAME.get(name) or abort(404)
    if kind:
        _picture(kind)
        image_slots.enter()
    draft, sent = form_input.read(step, kind)
    if step is notice.STEP and "all" in request.form:
        check(draft, sent)
        return step_page(step, draft, ticked=notice.asked_by(context().services))
    taken = take(context().services, draft, sent)
    session.select_draft(taken.draft)
    if step is verify.STEP and taken.path == step.path:
        return step_page(step, taken.draft)  # “未查询到该用户，是否前往注册？”
    if taken.message:
        messages.add("success", taken.message)
    if kind and htmx.aims_at(kind) and not messages.wait_elsewhere(kind):
        return htmx.push_url(step.path, picture_card(step, taken.draft, kind))
    return leading.go(taken.path)


@wizard.post("/details/autosave", defaults={"name": "details"})
def autosave(name: str) -> Response:
    draft, sent = form_input.read(BY_NAME[name])
    try:
        check(draft, sent)
        saved_at = details.autosave(context().services, draft, sent.fields)
    except Repeated:  # its answer is a page, for which 已保存 has no room
        return make_response(TAKEN_ELSEWHERE)
    except Invalid as refused:
        return make_response(f"未能保存：{refused}", 422)
    return make_response(f"已保存 {hour_minute(saved_at)}")


@wizard.get("/attachments/<kind>")
def picture(kind: str) -> BaseResponse:
    """A picture of the current draft, `small` for a page; of the portrait also the one with the `other`
    background. Who comes to the address itself, as by reloading a refused upload, is led to the step."""
    wanted = OTHER if "other" in request.args else _picture(kind)
    accepts = request.headers.get("Accept", "")
    if "text/html" in accepts:  # a page is asked for; a picture on a page says image/* or */*
        return leading.go(attachments.STEP.path)
    data = pictures.stored(context().services, session.draft(), wanted)
    if data is None:
        abort(404)
    media_type = "image/png" if kind == "signature" else "image/jpeg"
    webp = "image/webp" in accepts
    if kind == PHOTO and "small" in request.args:
        data, media_type = preview(data, webp)
    elif webp and "small" in request.args:
        data, media_type = as_webp(data), "image/webp"
    return make_response(data, {"Content-Type": media_type})


@wizard.get("/done")
def done() -> BaseResponse:
    draft = session.draft()
    application = context().services.applications.of_draft(draft.id) if draft.submitted else None
    if application is None:  # not handed in yet, or kept no longer
        return leading.go(url_for("cases.mine") if draft.submitted else next_path(draft))
    news.saw(application)
    return submitted_page(application)


def _picture(kind: str) -> str:
    return kind if kind in attachments.PARTS else abort(404)
