"""Text messages: whose number is confirmed, and what waits to be sent or was."""

from peewee import AutoField, BlobField, CharField, ForeignKeyField, IntegerField

from renewal.store.models.applicants import Draft
from renewal.store.models.cases import Application
from renewal.store.models.table import MomentField, Table


class ConfirmedPhone(Table):
    """The number that an applicant showed to be theirs, for one draft and the case it becomes. For any other number
    typed there it says nothing."""

    draft = ForeignKeyField(Draft, primary_key=True, on_delete="CASCADE")
    phone_index = CharField(max_length=64, index=True)
    sealed = BlobField()
    confirmed_at = MomentField()


class PhoneCode(Table):
    """The last code that was asked for, by a keyed hash of who asks for which number. `code` is a keyed hash, too;
    a row is good for a few `tries`, until it is used."""

    asked = CharField(primary_key=True, max_length=64)
    code = CharField(max_length=64)
    tries = IntegerField()
    expires_at = MomentField(index=True)


class Message(Table):
    """A message, written with what it tells of. `key` is the same each time it is sent; `sealed` has number and
    parameters and is empty once it was sent; `link` ends the address in it. Who sends it has it until `held_until`,
    at the `tries`-th try."""

    id = AutoField()
    kind = CharField(max_length=20)
    application = ForeignKeyField(Application, null=True, on_delete="RESTRICT")
    key = CharField(max_length=64, unique=True)
    phone_index = CharField(max_length=64)
    phone_mask = CharField(max_length=20)
    sealed = BlobField()
    link = CharField(max_length=12, null=True, unique=True)
    state = CharField(max_length=20)
    tries = IntegerField()
    next_try_at = MomentField()
    held_until = MomentField(null=True)
    made_at = MomentField()
    expires_at = MomentField()
    sent_at = MomentField(null=True)
    reference = CharField(max_length=64)
    trouble = CharField(max_length=200)

    class Meta:
        indexes = ((("state", "next_try_at"), False), (("phone_index", "kind", "sent_at"), False))
