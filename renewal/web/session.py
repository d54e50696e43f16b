"""Who is asking: the browser (30 days), and for half an hour the drafts it may open.

Two signed cookies. `session` opens drafts and ends after half an hour without a request, so that a phone left
on a table shows nothing. `device` remembers the CSRF secret, the profile (图2) and which drafts began here:
a form restored days later still posts, and name and ID number open these drafts again.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass, field, replace
from time import time
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from werkzeug.http import dump_cookie

from renewal.domain.trust import Trust
from renewal.journey.steps import BY_NAME
from renewal.store.drafts import Draft, new_id
from renewal.web import access, halves
from renewal.web.context import context
from renewal.web.tokens import StepToken

PROBES = frozenset({"probes.alive", "probes.ready", "probes.metrics"})  # nobody is asking
KEPT = 8  # drafts that one browser remembers


@dataclass(frozen=True, slots=True)
class Device:
    """`seen` is the version at which each case was last shown here, by its id."""

    csrf: str
    nickname: str = ""
    avatar: str = ""
    avatar_id: str = ""
    drafts: tuple[str, ...] = ()
    seen: Mapping[str, int] = field(default_factory=dict)


def device() -> Device:
    known: Device | None = g.get("device")
    if known is None:
        known = g.device = _read_device() or _new_device()
    return known


def remember(**changes: Any) -> None:
    """Change what the browser is known by."""
    g.device = replace(device(), **changes)
    g.device_changed = True


def draft() -> Draft:
    """The current draft: the one whose form came in, or that the session is at; empty if there is none."""
    current: Draft | None = g.get("draft")
    if current is None:
        # Two tabs, two people: a form belongs to the draft it was shown for.
        shown_for = token()
        draft_id = shown_for.draft if shown_for and shown_for.draft in opened() else session.get("draft", "")
        current = g.draft = context().services.draft(draft_id) if draft_id else Draft("")
    return current


def token() -> StepToken | None:
    """The token of the form that came in, if it is one of ours."""
    if "token" not in g:
        g.token = context().tokens.read_step(request.form.get("token", "")) if request.method == "POST" else None
    read: StepToken | None = g.token
    return read


def draft_now() -> Draft:
    """The current draft once more: somebody may have advanced it on since this request read it."""
    g.pop("draft", None)
    return draft()


def opened() -> list[str]:
    """The ids of the drafts that this session may open."""
    return list(session.get("drafts", ()))


def select_draft(chosen: Draft) -> None:
    """Open `chosen` for this session; once it is proven, the browser remembers it for longer."""
    g.draft = chosen
    if session.get("draft") != chosen.id:
        others = [draft_id for draft_id in opened() if draft_id != chosen.id]
        session["draft"], session["drafts"] = chosen.id, [*others, chosen.id][-KEPT:]
        session["seen"] = int(time())
        session.permanent = True
    if chosen.trust >= Trust.CAPTURED and chosen.id not in device().drafts:
        remember(drafts=(*device().drafts, chosen.id)[-KEPT:])


def forget(gone: Collection[str]) -> None:
    """Drafts that were deleted, and with them what the browser was known by; what stays can still be followed."""
    kept = [draft_id for draft_id in opened() if draft_id not in gone]
    session["drafts"], session["draft"] = kept, kept[-1] if kept else ""
    g.pop("draft", None)
    remembered = tuple(draft_id for draft_id in device().drafts if draft_id not in gone)
    remember(nickname="", avatar="", avatar_id="", drafts=remembered, seen={})


def needed(endpoint: str, arguments: Mapping[str, Any]) -> Trust:
    """KeyError for a route nobody entered above: nobody is let in."""
    need = access.NEEDS[endpoint]
    if isinstance(need, Trust):
        return need
    step = BY_NAME.get(arguments["name"])
    return step.needs if step else Trust.STRANGER


def allows(endpoint: str, arguments: Mapping[str, Any]) -> bool:
    """Whether whoever asks may see this route. Every guard asks here. KeyError for a route not in the table."""
    need = needed(endpoint, arguments)
    return need <= Trust.STRANGER or draft().trust >= need


def begin() -> Draft:
    """The current draft, or a new one: owned before anything is posted, so that a lost answer to the first
    form costs nothing."""
    if not draft().id or draft().submitted:
        select_draft(Draft(new_id()))
    return draft()


def init_app(app: Flask) -> None:
    app.before_request(_keep_csrf_secret)
    app.after_request(_set_device_cookie)


def _read_device() -> Device | None:
    match context().tokens.read_device(request.cookies.get("device", "")):
        case [csrf, nickname, avatar, avatar_id, drafts, *seen]:  # a cookie of before has seen nothing
            return Device(csrf, nickname, avatar, avatar_id, tuple(drafts), *seen)
    return None


def _new_device() -> Device:
    g.device_changed = True
    return Device(csrf=secrets.token_urlsafe(16))


def _keep_csrf_secret() -> None:
    if request.endpoint in PROBES or halves.in_office():
        return
    # Flask-WTF keeps its secret in the session; ours outlives it in the device cookie.
    if session.get("csrf_token") != device().csrf:
        session["csrf_token"] = device().csrf
    if "draft" not in session:
        session.modified = False  # nothing to remember yet: no cookie
    # Renewed once a minute: at every answer the cookie would cost 300 bytes of a slow connection.
    elif session.get("seen", 0) < time() - 60:
        session["seen"] = int(time())
        session.permanent = True


def _set_device_cookie(response: Response) -> Response:
    if g.get("device_changed"):
        cookie = dump_cookie(
            "device",
            context().tokens.device(astuple(device())),
            max_age=current_app.config["DEVICE_SECONDS"],
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
            sync_expires=False,  # every browser since 2009 goes by the age: it holds where a phone's clock is wrong
        )
        response.headers.add("Set-Cookie", cookie)
    return response
