"""What an office may set. The only reader of the environment; read once, when the app is made."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Settings:
    """One deployment's settings. Defaults serve a laptop; the README's table explains each.

    Office and record names are empty by default: a deployment must not pose as the ministry.
    """

    data: Path = Path("instance")
    database_url: str = ""
    public_url: str = ""
    https_only: bool = False
    trusted_proxies: int = 0
    office_name: str = ""
    office_phone: str = ""
    provider_line: str = ""
    icp_record: str = ""
    police_record: str = ""
    second_specialty_required: bool = False
    renewal_opens_days: int = 90
    renewal_closes_days: int = 30
    employer_confirmation: bool = True
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

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read RENEWAL_* (and DATABASE_URL). An unset or empty variable keeps the default.

        Raises ValueError naming the variable whose value has the wrong kind.
        """
        names = {name: f"RENEWAL_{name.removeprefix('renewal_').upper()}" for name in cls.__slots__}
        names["database_url"] = "DATABASE_URL"
        given = {name: env[variable] for name, variable in names.items() if env.get(variable)}
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
    return Path(text) if isinstance(default, Path) else text
