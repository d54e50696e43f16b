"""What an office may set. The only reader of the environment; read once, when the app is made."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

DAY = 24 * 60 * 60
SECRETS = ("face_secret_id", "face_secret_key")
"""May stand in a file, which wins, that is named by the variable with _FILE after it."""
HOST = re.compile(r"[a-z0-9][a-z0-9.-]*|\[[0-9a-f:.]+\]")  # as a browser sends it, without its port
PUBLIC_URL = re.compile(r"https?://([^/?#]+?)(?::\d+)?(?:/.*)?")


@dataclass(frozen=True, slots=True)
class Settings:
    """One deployment's settings. Defaults serve a laptop; the README's table explains each.

    Office and record names are empty by default: a deployment must not pose as the ministry.
    """

    data: Path = Path("instance")
    database_url: str = ""
    public_url: str = ""
    hosts: tuple[str, ...] = ()
    https_only: bool = False
    trusted_proxies: int = 0
    forwarded_allow_ips: tuple[str, ...] = ("127.0.0.1", "::1")
    proxy_sets_host: bool = False
    office_name: str = ""
    office_phone: str = ""
    provider_line: str = ""
    icp_record: str = ""
    police_record: str = ""
    second_specialty_required: bool = False
    renewal_opens_days: int = 90
    renewal_closes_days: int = 30
    employer_confirmation: bool = True
    correction_days: int = 15
    face_provider: str = "none"
    face_secret_id: str = field(default="", repr=False)
    face_secret_key: str = field(default="", repr=False)
    face_scene: str = ""
    face_endpoint: str = ""
    face_proxy: str = ""
    idle_seconds: int = 30 * 60
    device_seconds: int = 30 * DAY
    upload_bytes: int = 20 * 1024 * 1024

    @property
    def database(self) -> str:
        """URL for playhouse.db_url; a SQLite file below `data` unless DATABASE_URL says otherwise."""
        return self.database_url or f"sqlite:///{self.data.resolve() / 'renewal.db'}"

    @property
    def keys(self) -> Path:
        """Folder of the keys: beside the database in the volume, never in it."""
        return self.data / "keys"

    @property
    def known_hosts(self) -> frozenset[str]:
        """The hosts to answer: those given, and that of `public_url`. Raises ValueError naming the variable."""
        names = {_host("RENEWAL_HOSTS", name) for name in self.hosts}
        if self.public_url:
            public = PUBLIC_URL.fullmatch(self.public_url)
            names.add(_host("RENEWAL_PUBLIC_URL", public[1] if public else self.public_url))
        return frozenset(names)

    @property
    def proxy_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Where proxies stand whose X-Forwarded-* headers are believed. Raises ValueError naming the variable."""
        try:
            return tuple(map(ip_network, self.forwarded_allow_ips))
        except ValueError as wrong:
            raise ValueError(f"FORWARDED_ALLOW_IPS holds addresses and networks: {wrong}") from wrong

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read RENEWAL_* (and DATABASE_URL and FORWARDED_ALLOW_IPS). An unset or empty variable keeps the default.

        Raises ValueError naming the variable whose value has the wrong kind.
        """
        names = {name: f"RENEWAL_{name.removeprefix('renewal_').upper()}" for name in cls.__slots__}
        names |= {"database_url": "DATABASE_URL", "forwarded_allow_ips": "FORWARDED_ALLOW_IPS"}
        given = {name: env[variable] for name, variable in names.items() if env.get(variable)}
        given |= {name: _secret(f"{names[name]}_FILE", env) for name in SECRETS if env.get(f"{names[name]}_FILE")}
        changes: dict[str, Any] = {
            name: _convert(names[name], text, getattr(cls(), name)) for name, text in given.items()
        }
        return cls(**changes)


def _convert(variable: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        if text not in ("0", "1"):
            raise ValueError(f"{variable} is 0 or 1, not {text!r}")
        return text == "1"
    if isinstance(default, int):
        if not text.isdecimal():
            raise ValueError(f"{variable} is a whole number, not {text!r}")
        return int(text)
    if isinstance(default, tuple):
        return tuple(filter(None, (part.strip() for part in text.split(","))))
    return Path(text) if isinstance(default, Path) else text


def _secret(variable: str, env: Mapping[str, str]) -> str:
    try:
        return Path(env[variable]).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"{variable} names a file that cannot be read") from None


def _host(variable: str, text: str) -> str:
    try:
        name = text.lower().encode("idna").decode()
    except UnicodeError:
        name = ""
    if not HOST.fullmatch(name):
        raise ValueError(f"{variable} should name a host like yanxu.example.cn, not {text!r}")
    return name
