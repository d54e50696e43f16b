"""What an office may set. The only reader of the environment; read once, when the app is made."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import quote

DAY = 24 * 60 * 60
HOST = re.compile(r"[a-z0-9][a-z0-9.-]*|\[[0-9a-f:.]+\]")  # as a browser sends it, without its port
TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]{16,}")  # what fits a header, and nobody guesses
USER_ONLY = re.compile(r"(postgres(?:ql)?://[^:@/]+)@")  # of a database, without its password
PUBLIC_URL = re.compile(r"https?://([^/?#]+?)(?::\d+)?(?:/.*)?")

SECRETS = ("face_key_id", "face_key", "sms_key_id", "sms_key")
"""What a file may hold instead, named by the variable with _FILE: it stands in no list of processes or settings."""


class WrongSetting(ValueError):
    """A variable's value has the wrong kind; it is named."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One deployment's settings. Defaults serve a laptop; the README's table explains each.

    Office and record names are empty by default: a deployment must not pose as the ministry.
    """

    data: Path = Path("instance")
    database_url: str = ""
    database_password_file: Path = Path()
    backup_dir: Path = Path()
    daily_backup: bool = True
    public_url: str = ""
    hosts: tuple[str, ...] = ()
    https_only: bool = False
    trusted_proxies: int = 0
    forwarded_allow_ips: tuple[str, ...] = ("127.0.0.1", "::1")
    proxy_sets_host: bool = False
    office_name: str = ""
    office_phone: str = ""
    office_address: str = ""
    office_hours: str = ""
    provider_line: str = ""
    icp_record: str = ""
    police_record: str = ""
    second_specialty_required: bool = False
    renewal_opens_days: int = 90
    renewal_closes_days: int = 30
    outside_window: str = "warn"
    employer_confirmation: bool = True
    correction_days: int = 15
    face_provider: str = "none"
    face_key_id: str = field(default="", repr=False)
    face_key: str = field(default="", repr=False)
    face_scene: str = ""
    face_endpoint: str = ""
    keep_drafts_days: int = 90
    keep_avatars_days: int = 30
    keep_decided_days: int = 3650
    idle_seconds: int = 30 * 60
    device_seconds: int = 30 * DAY
    upload_bytes: int = 20 * 1024 * 1024
    outgoing_proxy: str = ""
    sms_provider: str = "none"
    sms_app_id: str = ""
    sms_sign_name: str = ""
    sms_template_code: str = ""
    sms_template_submitted: str = ""
    sms_template_returned: str = ""
    sms_template_accepted: str = ""
    sms_template_decided: str = ""
    sms_template_expiring: str = ""
    sms_key_id: str = field(default="", repr=False)
    sms_key: str = field(default="", repr=False)
    sms_endpoint: str = ""
    given: frozenset[str] = field(default=frozenset(), compare=False)
    """The variables that were set, though it be to the default: nobody changes those on a page."""
    roster_bytes: int = 100 * 1024 * 1024
    log_format: str = "text"
    metrics_allow: tuple[str, ...] = ()
    metrics_token: str = ""
    metrics_token_file: str = ""

    @property
    def database(self) -> str:
        """URL for playhouse.db_url; a SQLite file below `data` unless DATABASE_URL says otherwise. Raises WrongSetting
        naming the variable."""
        if self.database_url:
            return USER_ONLY.sub(lambda found: f"{found[1]}{self._password()}@", self.database_url)
        return f"sqlite:///{self.data.resolve() / 'renewal.db'}"

    def _password(self) -> str:
        """With its colon, as a URL has it; empty where no file is set, or nothing in it."""
        if self.database_password_file == Path():
            return ""
        try:
            password = self.database_password_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as unread:
            raise WrongSetting(f"DATABASE_PASSWORD_FILE 读不出来：{self.database_password_file}") from unread
        return f":{quote(password, safe='')}" if password else ""

    @property
    def keys(self) -> Path:
        """Folder of the keys: beside the database in the volume, never in it."""
        return self.data / "keys"

    @property
    def backups(self) -> Path:
        """Folder of the daily backups."""
        return self.data / "backups" if self.backup_dir == Path() else self.backup_dir

    @property
    def known_hosts(self) -> frozenset[str]:
        """The hosts to answer: those given, and that of `public_url`. Raises WrongSetting naming the variable."""
        names = {_host("RENEWAL_HOSTS", name) for name in self.hosts}
        if self.public_url:
            public = PUBLIC_URL.fullmatch(self.public_url)
            names.add(_host("RENEWAL_PUBLIC_URL", public[1] if public else self.public_url))
        return frozenset(names)

    @property
    def proxy_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Where proxies stand whose X-Forwarded-* headers are believed. Raises WrongSetting naming the variable."""
        return _networks("FORWARDED_ALLOW_IPS", self.forwarded_allow_ips)

    @property
    def metrics_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """From where the figures may be read. Raises WrongSetting naming the variable."""
        return _networks("RENEWAL_METRICS_ALLOW", self.metrics_allow)

    @property
    def metrics_secret(self) -> str:
        """With what the figures may be read; empty: with nothing. Raises WrongSetting naming the variable."""
        variable, token = "RENEWAL_METRICS_TOKEN", self.metrics_token
        if self.metrics_token_file:
            variable = "RENEWAL_METRICS_TOKEN_FILE"
            try:
                token = Path(self.metrics_token_file).read_text().strip()
            except (OSError, UnicodeDecodeError) as wrong:
                raise WrongSetting(f"{variable} 指定的文件读不出来：{self.metrics_token_file}") from wrong
        elif not token:
            return ""
        if not TOKEN.fullmatch(token):
            raise WrongSetting(f"{variable} 至少16位，只能有字母、数字和 -._~+/=")
        return token

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read RENEWAL_* (and DATABASE_URL and FORWARDED_ALLOW_IPS). An unset or empty variable keeps the default.

        Raises WrongSetting naming the variable whose value has the wrong kind.
        """
        names = {name: f"RENEWAL_{name.removeprefix('renewal_').upper()}" for name in cls.__slots__ if name != "given"}
        names |= {"database_url": "DATABASE_URL", "database_password_file": "DATABASE_PASSWORD_FILE"}
        names |= {"forwarded_allow_ips": "FORWARDED_ALLOW_IPS"}
        given = {name: env[variable] for name, variable in names.items() if env.get(variable)}
        given |= {name: _secret(file, env[file]) for name in SECRETS if env.get(file := f"{names[name]}_FILE")}
        changes: dict[str, Any] = {
            name: _convert(names[name], text, getattr(cls(), name)) for name, text in given.items()
        }
        return cls(**changes, given=frozenset(names[name] for name in given))


def _secret(variable: str, file: str) -> str:
    try:
        return Path(file).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as unread:
        raise WrongSetting(f"{variable} names a file that cannot be read: {type(unread).__name__}") from None


def _convert(variable: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        if text not in ("0", "1"):
            raise WrongSetting(f"{variable} 应为 0 或 1，不是 {text!r}")
        return text == "1"
    if isinstance(default, int):
        if not text.isdecimal():
            raise WrongSetting(f"{variable} 应为整数，不是 {text!r}")
        return int(text)
    if isinstance(default, tuple):
        return tuple(filter(None, (part.strip() for part in text.split(","))))
    return Path(text) if isinstance(default, Path) else text


def _networks(variable: str, texts: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    try:
        return tuple(map(ip_network, texts))
    except ValueError as wrong:
        raise WrongSetting(f"{variable} 应为IP地址或网段：{wrong}") from wrong


def _host(variable: str, text: str) -> str:
    try:
        name = text.lower().encode("idna").decode()
    except UnicodeError:
        name = ""
    if not HOST.fullmatch(name):
        raise WrongSetting(f"{variable} 应为主机名，如 yanxu.example.cn，不是 {text!r}")
    return name
