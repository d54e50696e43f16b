"""Face checks asked of a provider. A frozen copy of the model, independent of it on purpose."""

from peewee import BlobField, CharField, DateTimeField, ForeignKeyField, Model


def up(migrator, db):
    class Draft(Model):
        id = CharField(primary_key=True, max_length=32)

        class Meta:
            database = db
            legacy_table_names = False

    class FaceOrder(Model):
        id = CharField(primary_key=True, max_length=32)
        draft = ForeignKeyField(Draft, on_delete="CASCADE")
        provider = CharField(max_length=20)
        person_index = CharField(max_length=64)
        browser_index = CharField(max_length=64)
        state = CharField(max_length=10)
        code = CharField(max_length=40)
        sealed = BlobField(null=True)
        asked_at = DateTimeField()
        settled_at = DateTimeField(null=True)

        class Meta:
            database = db
            legacy_table_names = False
            indexes = ((("draft", "asked_at"), False), (("state", "settled_at"), False))

    db.create_tables([FaceOrder])
