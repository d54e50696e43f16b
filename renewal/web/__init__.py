"""HTTP and nothing else."""

from typing import Any

from flask import Flask, request

from renewal.web import access, assets, compression, darkroom, errors, htmx, messages, person, security
from renewal.web.cases import cases
from renewal.web.portal import portal
from renewal.web.room import Room, room
from renewal.web.tool import tool
from renewal.web.wizard import wizard
from renewal.web.words import ITEM_CODE, ITEM_NAME


def init_app(app: Flask, furnished: Room) -> None:
    """Put the web floor into the app. The order matters: who asks comes before what they may."""
    app.extensions["room"] = furnished
    assets.init_app(app)
    compression.init_app(app)
    darkroom.init_app(app)
    htmx.init_app(app)
    person.init_app(app)
    security.init_app(app)
    for blueprint in (portal, cases, tool, wizard):
        app.register_blueprint(blueprint)
    access.init_app(app)
    errors.init_app(app)
    app.context_processor(_for_every_page)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _for_every_page() -> dict[str, Any]:
    known = person.device()
    avatar_url = "/avatar" if known.avatar_id else None
    return {
        "office": room().office,
        "elder": request.cookies.get("elder") == "1",
        "profile": {"nickname": known.nickname, "avatar": known.avatar, "avatar_url": avatar_url}
        if known.nickname
        else None,
        "messages": messages.take(),
        "item_name": ITEM_NAME,
        "item_code": ITEM_CODE,
    }
