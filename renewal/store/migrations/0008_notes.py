"""Notes of the staff. A frozen copy of the model, independent of it on purpose."""

from peewee import AutoField, BlobField, CharField, DateTimeField, ForeignKeyField, Model


def up(migrator, db):
    class Application(Model):
        id = AutoField()

        class Meta:
            database = db
            legacy_table_names = False

    class Note(Model):
        id = AutoField()
        application = ForeignKeyField(Application, on_delete="RESTRICT")
        author = CharField(max_length=60)
        sealed = BlobField()
        at = DateTimeField()

        class Meta:
            database = db
            legacy_table_names = False
            indexes = ((("application", "at"), False),)

    db.create_tables([Note])
