"""The address somebody asks from, for those who count how often."""

import re
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from flask import current_app, request

SUBSCRIBER = 64  # bits of an IPv6 address that are given to one subscriber; within them it takes any it likes

WITH_PORT = re.compile(r"\[(.+)\](?::\d*)?|([\d.]+):\d*")  # as some proxies put it into X-Forwarded-For


def address() -> str:
    """Of the request that is being answered."""
    return own_address(request.remote_addr or "", current_app.config["TRUSTED_PROXIES"])


@lru_cache(maxsize=256)  # a step asks twice, and a phone again with the next
def own_address(remote: str, proxies: int) -> str:
    """The visitor's own address, of IPv6 its subscriber's network; as it came if it cannot be read.

    Empty for this machine's own when no proxy is named in the settings: behind one that is not, every visitor
    would be one address, and all would be refused for what a few did.
    """
    try:
        address = ip_address(_without_port(remote).partition("%")[0])
    except ValueError:
        return remote
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    if address.is_loopback and not proxies:
        return ""
    return str(ip_network((address, SUBSCRIBER), strict=False) if address.version == 6 else address)


def _without_port(remote: str) -> str:
    with_port = WITH_PORT.fullmatch(remote)
    return with_port[1] or with_port[2] if with_port else remote
