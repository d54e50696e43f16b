"""The steps of the journey: read the form, call one verb, answer with where it leads."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, abort, make_response, request
from werkzeug.wrappers import Response as BaseResponse

from renewal.domain.clock import hour_minute
from renewal.images.preview import preview
from renewal.journey import filling, identity, pictures, submission
from renewal.journey.answers import Posted, Repeated
from renewal.journey.studio import OTHER, PHOTO
from renewal.steps import BY_NAME, Step, is_open, verify
from renewal.steps.attachments import PICTURES
from renewal.steps.notice import ALL
from renewal.store.drafts import Draft, DraftChanged
from renewal.web import darkroom, htmx, messages, person
from renewal.web.pages import Shown, leads_to, step_page, submitted_page
from renewal.web.posted import files, step_form, token
from renewal.web.room import room
from renewal.web.tokens import StepToken

wizard = Blueprint("wizard", __name__, url_prefix="/renewal")

TAKEN_ELSEWHERE = "未能保存：这一步在别处已保存过，请刷新本页后再修改"


@wizard.get("/<name>")
def show(name: str) -> BaseResponse:
    step = BY_NAME.get(name) or abort(404)
    draft = person.begin() if step is verify.STEP else person.draft()
    if draft.submitted or not is_open(step, draft.all_answers):
        return htmx.go(leads_to(draft))
    return htmx.at(step.path, step_page(Shown(step, draft)))


@wizard.post("/<name>")
def take(name: str) -> BaseResponse:
    step = BY_NAME.get(name) or abort(404)
    draft, posted = step_form(step.name)
    room().house.check(draft, posted)
    if step.name == "notice" and "all" in request.form:
        return step_page(Shown(step, draft, ticked=ALL))
    try:
        moved = TAKE[step.name](draft, posted)
    except DraftChanged:
        # Of two taps at once the other may have been taken just now: then this one repeats it.
        room().house.check(person.draft_now(), posted)
        raise
    person.take_in_hand(moved)
    return _answer(step, moved)


def _answer(step: Step, moved: Draft) -> BaseResponse:
    path = leads_to(moved)
    if step is verify.STEP and path == verify.STEP.path:
        return step_page(Shown(step, moved))  # “未查询到该用户，是否前往注册？”
    if step.name == "face":
        way = moved.answers["face"]["method"]
        messages.add("success", "人脸识别已通过" if way == "selfie" else "已选择到窗口核验")
    return htmx.go(path)


@wizard.post("/details/autosave")
def autosave() -> Response:
    draft, posted = step_form("details")
    try:
        room().house.check(draft, posted)
    except Repeated:  # its answer is a page, for which 已保存 has no room
        return make_response(TAKEN_ELSEWHERE)
    return make_response(f"已保存 {hour_minute(filling.keep_typed(room().house, draft, request.form))}")


@wizard.get("/attachments/<kind>")
def picture(kind: str) -> BaseResponse:
    """A picture of the draft in hand, `small` for a page; of the portrait also the one with the `other` wall.
    Who comes to the address itself, as by reloading a refused upload, is led to the step."""
    wanted = OTHER if "other" in request.args else _picture(kind)
    if "text/html" in request.headers.get("Accept", ""):  # a page is asked for; a picture on a page says image/* or */*
        return htmx.go(BY_NAME["attachments"].path)
    data = room().house.attachments.get(person.draft().id, wanted)
    if data is None:
        abort(404)
    if kind == PHOTO and "small" in request.args:
        data = preview(data)
    return make_response(data, {"Content-Type": "image/png" if kind == "signature" else "image/jpeg"})


@wizard.post("/attachments/<kind>")
def put_picture(kind: str) -> BaseResponse:
    person.take_in_hand(_changed(token(_picture(kind)), request.form))
    return htmx.go(BY_NAME["attachments"].path)


@wizard.get("/done")
def done() -> BaseResponse:
    application = room().house.applications.of_draft(person.draft().id)
    return submitted_page(application) if application else htmx.go(leads_to(person.draft()))


def _picture(kind: str) -> str:
    return kind if kind in {picture.kind for picture in PICTURES} else abort(404)


def _changed(read: StepToken, form: Mapping[str, str]) -> Draft:
    """Put, removed, adjusted, or with another wall: by the button that was pressed."""
    darkroom.enter()
    house, kind = room().house, read.step
    if kind == PHOTO and "adjust" in form:
        return pictures.adjust(house, read.draft, read.version, form)
    if kind == PHOTO and "wall" in form:
        return pictures.choose_wall(house, read.draft, read.version, form["wall"])
    data = None if form.get("remove") == "1" else pictures.chosen(kind, files(kind), form)
    return pictures.attach(house, read.draft, kind, read.version, data)


def _claim(draft: Draft, posted: Posted) -> Draft:
    mine = [*person.opened(), *person.device().drafts]
    return identity.claim(room().house, draft, posted, request.form, mine)


def _review(draft: Draft, posted: Posted) -> Draft:
    application = submission.submit(room().house, draft, posted)
    return room().house.draft(application.draft_id)


TAKE: dict[str, Callable[[Draft, Posted], Draft]] = {
    "verify": _claim,
    "register": lambda draft, posted: identity.register(room().house, draft, posted, request.form),
    "face": lambda draft, posted: identity.prove(room().house, draft, posted, request.form, files("selfie")),
    "notice": lambda draft, posted: filling.read_notice(room().house, draft, posted, request.form.getlist("read")),
    "details": lambda draft, posted: filling.save_details(room().house, draft, posted, request.form),
    "attachments": lambda draft, _posted: pictures.go_on(draft),
    "commitment": lambda draft, posted: filling.commit(
        room().house, draft, posted, request.form.get("commitment", ""), request.remote_addr or ""
    ),
    "review": _review,
}
