"""Confirmed numbers, codes, and messages to be sent. A frozen copy of the models, independent of them on purpose."""

from peewee import AutoField, BlobField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Draft(Table):
        id = CharField(primary_key=True, max_length=32)

    class Application(Table):
        id = AutoField()

    class ConfirmedPhone(Table):
        draft = ForeignKeyField(Draft, primary_key=True, on_delete="CASCADE")
        phone_index = CharField(max_length=64, index=True)
        sealed = BlobField()
        confirmed_at = DateTimeField()

    class PhoneCode(Table):
        asked = CharField(primary_key=True, max_length=64)
        code = CharField(max_length=64)
        tries = IntegerField()
        expires_at = DateTimeField(index=True)

    class Message(Table):
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
        next_try_at = DateTimeField()
        held_until = DateTimeField(null=True)
        made_at = DateTimeField()
        expires_at = DateTimeField()
        sent_at = DateTimeField(null=True)
        reference = CharField(max_length=64)
        trouble = CharField(max_length=200)

        class Meta:
            indexes = ((("state", "next_try_at"), False), (("phone_index", "kind", "sent_at"), False))

    db.create_tables([ConfirmedPhone, PhoneCode, Message])
