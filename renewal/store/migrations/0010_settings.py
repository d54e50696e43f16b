"""The office's settings, version by version. A frozen copy of the model, independent of it on purpose."""

from peewee import CharField, DateTimeField, IntegerField, Model, TextField


def up(migrator, db):
    class SettingVersion(Model):
        number = IntegerField(primary_key=True)
        saved = TextField()
        author = CharField(max_length=60)
        at = DateTimeField()

        class Meta:
            database = db
            legacy_table_names = False

    db.create_tables([SettingVersion])
