"""The office's settings, version by version: nothing is overwritten, so that any of them can come back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from peewee import IntegrityError

from renewal.store.database import Store
from renewal.store.models import SettingVersion as Row
from renewal.store.prepared import Prepared

NEWEST = Prepared(lambda: Row.select(Row.number).order_by(Row.number.desc()).limit(1))


class SettingsChanged(RuntimeError):
    """Somebody else saved since these were read."""


@dataclass(frozen=True, slots=True)
class Version:
    """`saved` has, as text by key, what differs from the defaults. Number 0 is before anybody saved anything."""

    number: int = 0
    saved: Mapping[str, str] = field(default_factory=dict)
    author: str = ""
    at: datetime | None = None


class SettingVersions(Store):
    def number(self) -> int:
        """Of the newest; 0 before there is one. Answered by the primary key alone. Raises Unavailable."""
        newest = self._database.row(NEWEST())
        return newest.number if newest else 0

    def find(self, number: int) -> Version | None:
        """Raises Unavailable."""
        row = self._database.row(Row.select().where(Row.number == number)) if number else None
        return _version(row) if row else None if number else Version()

    def newest(self, limit: int) -> list[Version]:
        """Raises Unavailable."""
        return [_version(row) for row in self._database.rows(Row.select().order_by(Row.number.desc()).limit(limit))]

    def put(self, version: Version) -> None:
        """Of two with the same number the second one raises SettingsChanged. Raises Unavailable."""
        saved = json.dumps(version.saved, ensure_ascii=False)
        row = Row.insert(number=version.number, saved=saved, author=version.author, at=version.at)
        try:
            with self._database.transaction():
                self._database.run(row)
        except IntegrityError as taken:
            raise SettingsChanged from taken


def _version(row: Row) -> Version:
    return Version(row.number, json.loads(row.saved), row.author, row.at)
