"""What an office got with its contract, looked at before it is used. Every ValueError names the variable."""

import re
from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlsplit

PROXY = re.compile(r"[A-Za-z0-9.-]+:[0-9]{1,5}")
T = TypeVar("T")
OURS = ("127.0.0.1", "localhost", "::1")


def chosen(variable: str, name: str, known: Mapping[str, T]) -> T | None:
    """The one of that name, or nobody. Raises ValueError for a name that is unknown."""
    if name != "none" and name not in known:
        raise ValueError(f"{variable} 应为 none、{'、'.join(known)} 之一，不是 {name!r}")
    return known.get(name)


def needed(values: Mapping[str, str | None], provider: str) -> None:
    """By variable. Raises ValueError for those without a value, which the variable `provider` asks for."""
    if missing := [variable for variable, value in values.items() if not value]:
        raise ValueError(f"{provider} 还需要设置 {'、'.join(missing)}")


def endpoint(variable: str, address: str) -> None:
    """Raises ValueError for one without TLS that is not this machine's own, and for a path: it would not be asked."""
    url = urlsplit(address)
    ours = url.scheme == "http" and url.hostname in OURS
    if address and not (url.hostname and (url.scheme == "https" or ours)):
        raise ValueError(f"{variable} 应以 https:// 开头")
    if url.path.strip("/") or url.query:
        raise ValueError(f"{variable} 只写到主机和端口，不带路径")


def proxy(host_and_port: str) -> None:
    """Raises ValueError for what is none."""
    if host_and_port and not PROXY.fullmatch(host_and_port):
        raise ValueError(f"RENEWAL_OUTGOING_PROXY 应为 主机:端口，如 10.0.0.1:3128，不是 {host_and_port!r}")
