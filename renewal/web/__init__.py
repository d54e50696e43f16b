"""HTTP and nothing else."""

from typing import Any

from flask import Flask, request

from renewal.domain.application import ITEM_CODE, ITEM_NAME
from renewal.web import (
    assets,
    compression,
    context,
    errors,
    form_parser,
    halves,
    hosts,
    htmx,
    image_slots,
    messages,
    office,
    probes,
    request_ids,
    security,
    session,
    session_expired,
    throttle,
)
from renewal.web.asking import asking
from renewal.web.by_phone import by_phone
from renewal.web.cases import cases
from renewal.web.context import WebContext
from renewal.web.employer import employer
from renewal.web.identity import identity
from renewal.web.own_data import own_data
from renewal.web.papers import papers
from renewal.web.phone import phone
from renewal.web.portal import portal
from renewal.web.probes import Watchers
from renewal.web.tool import tool
from renewal.web.wizard import wizard


def init_app(app: Flask, web_context: WebContext, watchers: Watchers) -> None:
    """Put the web floor into the app. The order matters: who asks comes before what they may."""
    context.init_app(app, web_context)
    halves.init_app(app)
    assets.init_app(app)
    compression.init_app(app)
    image_slots.init_app(app)
    htmx.init_app(app)
    form_parser.init_app(app)
    session.init_app(app)
    hosts.init_app(app)
    security.init_app(app)
    for blueprint in (portal, cases, own_data, papers, asking, employer, tool, phone, by_phone, wizard, identity):
        app.register_blueprint(blueprint)
    office.init_app(app)
    session_expired.init_app(app)
    throttle.init_app(app)
    errors.init_app(app)
    request_ids.init_app(app)
    probes.init_app(app, watchers)
    app.context_processor(_for_every_page)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _for_every_page() -> dict[str, Any]:
    return {
        "office": context.context().services.office,
        "elder": request.cookies.get("elder") == "1",
        "profile": None if halves.in_office() else _profile(),
        "messages": messages.take(),
        "item_name": ITEM_NAME,
        "item_code": ITEM_CODE,
        "texts": context.context().services.sms is not None,
    }


def _profile() -> dict[str, str | None] | None:
    known = session.device()
    avatar_url = "/avatar" if known.avatar_id else None
    shown = {"nickname": known.nickname, "avatar": known.avatar, "avatar_url": avatar_url}
    return shown if known.nickname else None
