"""Home, profile, services (图1–图4) and the display switch."""

import zlib
from collections.abc import Mapping

from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.attempts import TooMany
from renewal.forms.profile import FORM as PROFILE
from renewal.journey import profile as profiles
from renewal.journey.form_input import Invalid
from renewal.web import display as displays
from renewal.web import htmx, leading, news, session, throttle
from renewal.web.context import context
from renewal.web.form_input import files
from renewal.web.labels import own_terms, terms
from renewal.web.paths import own_path
from renewal.web.summary import summary

portal = Blueprint("portal", __name__)

AVATARS = ("helmet", "building", "bridge", "tower", "crane", "leaf")
BEFORE_PROFILE = ("/services", "/renewal/")


@portal.before_app_request
def introduce() -> BaseResponse | None:
    """On first use services and renewal lead to the profile, once and back. A form never does: it would
    lose what was typed."""
    asks_for_it = request.method == "GET" and request.path.startswith(BEFORE_PROFILE)
    on_the_way_back = request.endpoint == "identity.back"  # a stranger's browser must not keep an order open
    if not request.endpoint or on_the_way_back or not asks_for_it or session.device().nickname:
        return None
    if htmx.wants_fragment():
        return htmx.push_url(url_for("portal.profile", next=request.path), _first_profile(request.path))
    return redirect(url_for("portal.profile", next=request.path))


@portal.get("/")
def home() -> Response:
    return htmx.push_url(url_for("portal.home"), htmx.page("portal/home.html", news=news.unseen()))


@portal.get("/profile")
def profile() -> Response:
    come_from = request.args.get("next", "")
    return htmx.push_url(url_for("portal.profile", next=come_from or None), _first_profile(come_from))


@portal.post("/profile")
def save_profile() -> BaseResponse:
    """头像 and 昵称 (图2)."""
    try:
        reading = PROFILE.read(request.form, context().services.rules)
        if reading.errors:
            raise Invalid(reading.errors)
        avatar_id = _own_picture()
    except Invalid as problem:
        return _profile_page(request.form, problem.errors, 422)
    avatar = request.form.get("avatar", "")
    session.remember(
        nickname=reading.values["nickname"],
        avatar=avatar if avatar in AVATARS else session.device().avatar or AVATARS[0],
        avatar_id=avatar_id,
    )
    return leading.go(own_path(request.form.get("next", "")))


@portal.get("/avatar")
def avatar() -> Response:
    """The uploaded picture of this browser's own profile; once it is kept no longer, the next page shows another."""
    data = profiles.show_avatar(context().services, session.device().avatar_id)
    if data is None:
        session.remember(avatar_id="")
        abort(404)
    return make_response(data, {"Content-Type": "image/jpeg"})


@portal.get("/services")
def services() -> Response:
    return htmx.push_url(url_for("portal.services"), htmx.page("portal/services.html"))


@portal.get("/services/renewal")
def item() -> Response:
    return htmx.push_url(url_for("portal.item"), htmx.page("portal/renewal.html", terms=[*terms(), *own_terms()]))


@portal.post("/display")
def display() -> BaseResponse:
    return displays.switch(request.form, url_for("portal.home"))


def _own_picture() -> str:
    """The id of the picture that is this browser's from now on; empty for a ready-made one. Raises Invalid."""
    known, pictures = session.device(), files("avatar_file")
    if pictures:
        return profiles.keep_avatar(context().services, known.csrf, pictures[0])
    if known.avatar_id and request.form.get("avatar") in AVATARS:
        profiles.remove_avatar(context().services, known.avatar_id)
        return ""
    return known.avatar_id


@portal.errorhandler(TooMany)
def _too_often(too_many: TooMany) -> Response:
    return throttle.answer(too_many, lambda: _profile_page(request.form, {}))


def _first_profile(come_from: str) -> Response:
    """Ready-made: one tap is enough."""
    known = session.device()
    return _profile_page({"nickname": known.nickname or _nickname(known.csrf), "next": come_from}, {})


def _nickname(seed: str) -> str:
    """用户 and four digits: something to go on with."""
    return f"用户{zlib.crc32(seed.encode()) % 10_000:04d}"


def _profile_page(values: Mapping[str, str], errors: dict[str, str], status: int = 200) -> Response:
    return htmx.page(
        "portal/profile.html",
        status,
        entries=PROFILE.entries(values, context().services.rules, errors),
        presets=AVATARS,
        errors=errors,
        summary=summary(errors, {**PROFILE.labels, "avatar_file": "头像"}),
        next=own_path(values.get("next", "")),
    )
