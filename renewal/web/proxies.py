"""Who asks, and how, as the proxies in front say it: believed by the address they come from."""

import logging
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from renewal.web import request_ids

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Network = IPv4Network | IPv6Network

_log = logging.getLogger(__name__)


class TrustedProxies(ProxyFix):
    """ProxyFix counts; this asks first whether it is a proxy that counts for us."""

    def __init__(self, app: "WSGIApplication", networks: tuple[Network, ...], count: int, sets_host: bool) -> None:
        super().__init__(app, x_for=count, x_proto=count, x_host=count if sets_host else 0)
        self.networks = networks
        self.warned = False

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        peer = environ.get("REMOTE_ADDR", "")
        if self._trusts(peer):
            request_ids.believe(environ)
            return super().__call__(environ, start_response)
        if "HTTP_X_FORWARDED_FOR" in environ and not self.warned:
            self.warned = True  # once: without a proxy's word all visitors seem to be one
            _log.warning("X-Forwarded-* of %s is not believed: add it to FORWARDED_ALLOW_IPS if it is a proxy", peer)
        return self.app(environ, start_response)

    def _trusts(self, peer: str) -> bool:
        try:
            address: IPv4Address | IPv6Address = ip_address(peer)
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address
        return any(address in network for network in self.networks)


def init_app(app: Flask, networks: tuple[Network, ...], count: int, sets_host: bool) -> None:
    """Believe `count` proxies in front, the last of them in one of `networks`; of the host only if they set it."""
    # Flask's own way to wrap an app; mypy takes the attribute for the method it replaces.
    app.wsgi_app = TrustedProxies(app.wsgi_app, networks, count, sets_host)  # type: ignore[method-assign]
