"""What the views find in the running app: the services, the tokens, the office's words."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import current_app, request

from renewal.services import Services
from renewal.web.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Office:
    """Empty by default, and then not shown: a deployment must not pose as the ministry."""

    name: str = ""
    phone: str = ""
    provider_line: str = ""
    icp_record: str = ""
    police_record: str = ""


@dataclass(frozen=True, slots=True)
class WebContext:
    services: Services
    tokens: Tokens
    office: Office
    issuer: str
    """The office's name in authenticator apps."""
    address: str
    """Where the public reaches this app, as the office set it; empty: as the browser asked."""
    data: Path
    """The folder of the data: its disk may fill up."""
    hosts: frozenset[str]
    """The names that are answered, beside loopback: as browsers send them, in lower case and without a port."""

    def public_url(self, path: str) -> str:
        return (self.address or request.host_url).rstrip("/") + path


def context() -> WebContext:
    return cast(WebContext, current_app.extensions["renewal"])
