"""The tables. Personal columns are sealed bytes; what is found by content is a keyed hash beside them."""

from datetime import UTC, datetime
from typing import Any

from peewee import (
    AutoField,
    BlobField,
    CharField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


class MomentField(DateTimeField):
    """An aware moment, kept as naive UTC so that every database orders it alike."""

    def db_value(self, value: datetime | None) -> Any:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def python_value(self, value: Any) -> datetime | None:
        moment: datetime | None = super().python_value(value)  # type: ignore[no-untyped-call]
        return moment.replace(tzinfo=UTC) if moment else None


class Table(Model):
    """Knows no database: a query is run by `Database`, which knows one."""

    class Meta:
        legacy_table_names = False


class Avatar(Table):
    """A picture chosen for the profile (图2)."""

    id = CharField(primary_key=True, max_length=32)
    sealed = BlobField()
    created_at = MomentField()


class Applicant(Table):
    """A registered person (图6). `person_index` stands for ID number and name together: whoever registers
    somebody else's number under a wrong name does not lock its owner out."""

    id = AutoField()
    person_index = CharField(unique=True, max_length=64)
    sealed = BlobField()
    created_at = MomentField()


class Draft(Table):
    """One way through the wizard. `history[v]` says which step was taken at version v and what it led to."""

    id = CharField(primary_key=True, max_length=32)
    version = IntegerField()
    trust = IntegerField()
    id_index = CharField(max_length=64, index=True)
    resume_index = CharField(max_length=64, null=True, unique=True)
    answers = BlobField()
    typed = BlobField(null=True)
    history = TextField(column_name="trail")
    saved_at = MomentField()


class Attachment(Table):
    """A processed picture of a draft: small enough to live here, so that one transaction keeps it."""

    id = AutoField()
    draft = ForeignKeyField(Draft, backref="attachments", on_delete="CASCADE")
    kind = CharField(max_length=20)
    sealed = BlobField()
    saved_at = MomentField()

    class Meta:
        indexes = ((("draft", "kind"), True),)


class Application(Table):
    """A submitted case. `open_index` is the ID number's hash while the case is open and NULL after:
    its uniqueness is the rule of one open application per ID number."""

    id = AutoField()
    number = CharField(null=True, unique=True, max_length=32)
    draft = ForeignKeyField(Draft, unique=True, on_delete="RESTRICT")
    status = CharField(max_length=20, index=True)
    version = IntegerField(default=0)
    id_index = CharField(max_length=64, index=True)
    open_index = CharField(max_length=64, null=True, unique=True)
    trust = IntegerField()
    method = CharField(max_length=20)
    answers = BlobField()
    submitted_at = MomentField()


class Event(Table):
    """One move of a case: append-only, each row's keyed hash covers the one before."""

    id = AutoField()
    application = ForeignKeyField(Application, backref="events", on_delete="RESTRICT")
    position = IntegerField()
    at = MomentField()
    actor = CharField(max_length=60)
    source = CharField(max_length=20)
    target = CharField(max_length=20)
    reason = TextField(default="")
    deadline = CharField(max_length=10, null=True)
    previous_hash = CharField(max_length=64)
    hash = CharField(max_length=64)

    class Meta:
        indexes = ((("application", "position"), True),)


TABLES = (Avatar, Applicant, Draft, Attachment, Application, Event)
