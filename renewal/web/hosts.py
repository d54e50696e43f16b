"""Only under a name that is the office's own: links and QR codes are made of what the browser asked."""

import re

from flask import Flask, Response, request

from renewal.web import htmx
from renewal.web.context import context

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
PORT = re.compile(r"\.?(:\d+)?$")

HEADING = "这个网址没有启用"
SENTENCE = (
    "请核对网址后再试。管理员请注意：系统只接受已登记的网址。请把“{host}”加入设置项 RENEWAL_HOSTS，"
    "或者在 RENEWAL_PUBLIC_URL 中填写对外网址，然后重新启动。"
)


def init_app(app: Flask) -> None:
    app.before_request(_refuse_foreign)


def _refuse_foreign() -> Response | None:
    """Flask's TRUSTED_HOSTS knows no IPv6 and no capital letters, and no page could be shown after it."""
    name, sent = map(_name, (request.host, request.environ.get("HTTP_HOST", request.host)))
    # Werkzeug has taken off a usual port already: two are one too many.
    if name == sent and (name in LOOPBACK or name in context().hosts):
        return None
    sentence = SENTENCE.format(host=name or "域名")
    return htmx.page("errors/error.html", 400, heading=HEADING, sentence=sentence, actions=[])


def _name(host: str) -> str:
    return PORT.sub("", host.lower(), count=1)
