"""The tables of the applicant's journey. A frozen copy of the models, independent of them on purpose."""

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


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Avatar(Table):
        id = CharField(primary_key=True, max_length=32)
        sealed = BlobField()
        created_at = DateTimeField()

    class Applicant(Table):
        id = AutoField()
        person_index = CharField(unique=True, max_length=64)
        sealed = BlobField()
        created_at = DateTimeField()

    class Draft(Table):
        id = CharField(primary_key=True, max_length=32)
        version = IntegerField()
        trust = IntegerField()
        id_index = CharField(max_length=64, index=True)
        resume_index = CharField(max_length=64, null=True, unique=True)
        answers = BlobField()
        typed = BlobField(null=True)
        trail = TextField()
        saved_at = DateTimeField()

    class Attachment(Table):
        id = AutoField()
        draft = ForeignKeyField(Draft, on_delete="CASCADE")
        kind = CharField(max_length=20)
        sealed = BlobField()
        saved_at = DateTimeField()

        class Meta:
            indexes = ((("draft", "kind"), True),)

    class Application(Table):
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
        submitted_at = DateTimeField()

    class Event(Table):
        id = AutoField()
        application = ForeignKeyField(Application, on_delete="RESTRICT")
        position = IntegerField()
        at = DateTimeField()
        actor = CharField(max_length=60)
        source = CharField(max_length=20)
        target = CharField(max_length=20)
        reason = TextField(default="")
        deadline = CharField(max_length=10, null=True)
        previous_hash = CharField(max_length=64)
        hash = CharField(max_length=64)

        class Meta:
            indexes = ((("application", "position"), True),)

    db.create_tables([Avatar, Applicant, Draft, Attachment, Application, Event])
