"""What the views find in the running app: the services, the tokens, where it is reached."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Flask, current_app, request

from renewal.services import Services
from renewal.web.tokens import Tokens


@dataclass(frozen=True, slots=True)
class WebContext:
    services: Services
    tokens: Tokens
    address: str
    """Where the public reaches this app, as the office set it; empty: as the browser asked."""
    data: Path
    """The folder of the data: its disk may fill up."""
    hosts: frozenset[str]
    """The names that are answered, beside loopback: as browsers send them, in lower case and without a port."""

    def public_url(self, path: str) -> str:
        return (self.address or request.host_url).rstrip("/") + path


def init_app(app: Flask, web_context: WebContext) -> None:
    """A request is answered under the settings it began with, which are asked for once, if at all."""
    in_force = web_context.services.in_force
    app.extensions["renewal"] = web_context
    app.before_request(in_force.begin)
    app.teardown_request(lambda _error: in_force.end())


def context() -> WebContext:
    return cast(WebContext, current_app.extensions["renewal"])
