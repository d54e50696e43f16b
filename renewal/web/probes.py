"""What machines ask: whether it is alive, whether it is ready, and how it is doing."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hmac import compare_digest
from ipaddress import IPv4Network, IPv6Network, ip_address

from flask import Blueprint, Flask, Response, abort, current_app, make_response, request

from renewal.web.context import context

probes = Blueprint("probes", __name__)

NEEDED = 100_000_000
"""Bytes of disk, for the largest uploads and what they are made into; below it nothing new is to be begun."""


@dataclass(frozen=True, slots=True)
class Watchers:
    """Who may read the figures: whoever asks from one of the `networks`, or with the `token`; else nobody."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    token: str = ""

    def __bool__(self) -> bool:
        return bool(self.networks or self.token)

    def let_in(self) -> bool:
        """Whether this request is one of theirs. One that came through a proxy which nobody counted has no address."""
        said = request.authorization
        if self.token and said and said.type == "bearer":
            return compare_digest((said.token or "").encode(), self.token.encode())
        hidden = "X-Forwarded-For" in request.headers and "werkzeug.proxy_fix.orig" not in request.environ
        return not hidden and self._near(request.remote_addr or "")

    def _near(self, address: str) -> bool:
        try:
            asking = ip_address(address)
        except ValueError:
            return False
        asking = getattr(asking, "ipv4_mapped", None) or asking
        return any(asking in network for network in self.networks)


def init_app(app: Flask, watchers: Watchers) -> None:
    """Nothing is counted where nobody may read it."""
    app.register_blueprint(probes)
    app.extensions["watchers"] = watchers
    if watchers:
        from renewal.web import measures  # a tenth of a second, and memory, that only those pay who look

        measures.init_app(app)


@probes.get("/healthz")
def alive() -> Response:
    return _lines("ok")


@probes.get("/readyz")
def ready() -> Response:
    """The database answers, its migrations are done, its keys are ours, and there is room; 503 otherwise."""
    missing = list(_missing())
    return _lines(*missing or ["ok"], status=503 if missing else 200)


@probes.get("/metrics")
def metrics() -> Response:
    """For Prometheus. To anybody else there is no such page."""
    if not current_app.extensions["watchers"].let_in():
        abort(404)
    from renewal.web import measures

    return make_response(measures.told(context()), {"Content-Type": measures.CONTENT_TYPE})


def _missing() -> Iterator[str]:
    services = context().services
    pending = services.database.pending()
    yield from (f"migration pending: {name}" for name in pending)
    if not pending:
        services.key_check.check()
    if shutil.disk_usage(context().data).free < NEEDED:
        yield f"disk full: {context().data}"


def _lines(*lines: str, status: int = 200) -> Response:
    return make_response("".join(f"{line}\n" for line in lines), status, {"Content-Type": "text/plain"})
