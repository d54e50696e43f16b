"""By what a container notices that its keys are others. A frozen copy of the model, independent of it on purpose."""

from peewee import BlobField, CharField, IntegerField, Model


def up(migrator, db):
    class KeyCheck(Model):
        id = IntegerField(primary_key=True)
        session_index = CharField(max_length=64)
        sealed = BlobField()

        class Meta:
            database = db
            legacy_table_names = False

    db.create_tables([KeyCheck])
