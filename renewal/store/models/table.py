"""What every table is made of."""

from datetime import UTC, datetime
from typing import Any

from peewee import DateTimeField, Model


class MomentField(DateTimeField):
    """An aware moment, kept as naive UTC so that every database orders it alike."""

    def db_value(self, value: datetime | None) -> Any:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def python_value(self, value: Any) -> datetime | None:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value  # SQLite keeps it as text
        return moment.replace(tzinfo=UTC) if moment else None


class Table(Model):
    """Knows no database: a query is run by `Database`, which knows one."""

    class Meta:
        legacy_table_names = False
