"""设置, for administrators: a form a section, and beneath them every version there was."""

from dataclasses import replace

from flask import Blueprint, Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from renewal.domain.text import version as number_in
from renewal.forms.fields import Invalid
from renewal.office import settling
from renewal.store.setting_versions import SettingsChanged
from renewal.web import htmx, messages
from renewal.web.context import context
from renewal.web.office import guard, setting_rows
from renewal.web.office.setting_rows import NOTHING_SENT, Sent

settings = Blueprint("settings", __name__, url_prefix="/settings")

HISTORY = "history"
NOT_SAVED = "{who}刚刚保存过设置，所以这次没有保存。填写的内容还在下面，与现在不同的已经标出，请核对后再保存一次。"
NOT_RESTORED = "{who}刚刚保存过设置，所以没有恢复。请看过修改记录后再恢复。"
SAVED = "已保存：{what}。"
UNCHANGED = "与现在的相同，没有改动。"


@settings.get("")
def show() -> Response:
    return _page()


@settings.post("/<section>")
def save(section: str) -> BaseResponse:
    services = context().services
    found = settling.sections(services).get(section) or abort(404)
    sent = Sent(found, request.form.to_dict())
    try:
        if "preview" in request.form:
            return _page(replace(sent, preview=services.in_force.over(settling.read(services, found, sent.typed))))
        changed = settling.save(services, guard.member(), _seen(), found, sent.typed)
    except Invalid as problem:
        return _page(replace(sent, errors=problem.errors), 422)
    except SettingsChanged:
        return _stale(NOT_SAVED, replace(sent, stale=True))
    return _saved(section, changed)


@settings.post("/versions/<int:number>/restore")
def restore(number: int) -> BaseResponse:
    services = context().services
    version = services.setting_versions.find(number) or abort(404)
    try:
        changed = settling.restore(services, guard.member(), _seen(), version)
    except SettingsChanged:
        return _stale(NOT_RESTORED, Sent())
    return _saved(HISTORY, changed)


def _seen() -> int:
    return number_in(request.form.get("version", ""))


def _saved(place: str, changed: list[str]) -> BaseResponse:
    messages.add(
        "success" if changed else "info", SAVED.format(what="、".join(changed)) if changed else UNCHANGED, place
    )
    return redirect(url_for("office.settings.show", _anchor=place), 303)


def _stale(words: str, sent: Sent) -> Response:
    services = context().services
    services.in_force.begin()  # what the other one saved is shown, whenever this request asked first
    messages.add("error", words.format(who=services.setting_versions.newest(1)[0].author))
    return _page(sent, 409)


def _page(sent: Sent = NOTHING_SENT, status: int = 200) -> Response:
    services = context().services
    return htmx.page(
        "office/settings.html",
        status,
        sections=setting_rows.sections(services, sent),
        version=services.in_force.number(),
        shown=sent.preview or services.in_force.now(),
        previewed=sent.preview and sent.section,
        summary=setting_rows.summary_of(sent),
        history=setting_rows.history(services),
        letter=setting_rows.LETTER,
        cards=(*settling.sections(services), HISTORY),
    )
