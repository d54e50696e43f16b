"""证件照处理工具 of the manual: a photo in, a one-inch photo out to save. Nothing is stored: the page itself
carries the working copy from one press of a button to the next."""

from base64 import b64decode, b64encode
from typing import Any

from flask import Blueprint, Response, request, url_for

from renewal.attempts import TooMany
from renewal.forms.pictures import PORTRAIT
from renewal.images import apart
from renewal.images.preview import preview
from renewal.journey.form_input import Invalid
from renewal.journey.steps import attachments
from renewal.journey.studio import OTHER, PHOTO, SOURCE, Prepared, one_inch
from renewal.web import htmx, image_slots, throttle
from renewal.web.form_input import files
from renewal.web.summary import summary

tool = Blueprint("tool", __name__)


@tool.get("/tools/photo")
def show() -> Response:
    apart.wake()
    return htmx.push_url(url_for("tool.show"), _page())


@tool.post("/tools/photo")
def make() -> Response:
    image_slots.enter()
    try:
        chosen = files(PHOTO)
        made = one_inch(chosen[0] if chosen else None, _source(), _state(), request.form)
    except Invalid as problem:
        return _page(errors=problem.errors, status=422)
    return _page(made)


@tool.errorhandler(TooMany)
def _too_often(too_many: TooMany) -> Response:
    return throttle.answer(too_many, lambda: _page(carried=_carried()))


def _page(
    made: Prepared | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
    carried: dict[str, Any] | None = None,
) -> Response:
    return htmx.page(
        "portal/photo.html",
        status,
        photo=_shown(made) if made else carried,
        picture=PORTRAIT,
        errors=errors or {},
        summary=summary(errors or {}, {PHOTO: PORTRAIT.title}),
    )


def _shown(made: Prepared) -> dict[str, Any]:
    about, file = made.about, made.files
    return attachments.facts(about) | {
        "title": PORTRAIT.title,
        "path": url_for("tool.make"),
        "url": _data_url(_small(file[PHOTO])),
        "other_url": _data_url(_small(file[OTHER])) if OTHER in file else None,
        "save_url": _data_url(file[PHOTO]),
        "source": b64encode(file[SOURCE]).decode(),
        "state": ",".join(str(int(value)) for value in (*about["adjustment"].values(), about["white"])),
    }


def _carried() -> dict[str, Any] | None:
    """The photo that the page carried, not worked on, so that the person can go on with it later."""
    source = _source()
    if source is None:
        return None
    return {
        "title": PORTRAIT.title,
        "path": url_for("tool.make"),
        "url": _data_url(source),
        "source": request.form["source"],
        "state": request.form.get("state", ""),
    }


def _small(photo: bytes) -> bytes:
    """As JPEG: a page that is asked for does not say which pictures the browser reads."""
    return preview(photo, webp=False)[0]


def _data_url(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"


def _source() -> bytes | None:
    try:
        return b64decode(request.form.get("source", ""), validate=True) or None
    except ValueError:
        return None


def _state() -> dict[str, Any]:
    """What the last page said of the photo; a state that was tampered with begins anew."""
    numbers = request.form.get("state", "").split(",")
    whole = [int(text) if text.removeprefix("-").isdecimal() and len(text) < 4 else 0 for text in numbers]
    zoom, right, down, turn, white = (whole + [0] * 5)[:5]
    advanced = {"zoom": zoom, "right": right, "down": down, "turn": turn}
    return {"adjustment": advanced, "white": bool(white), "choice": True, "selfie": False}
