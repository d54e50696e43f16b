"""How often somebody tried. A frozen copy of the model, independent of it on purpose."""

from peewee import CharField, DateTimeField, IntegerField, Model


def up(migrator, db):
    class Attempt(Model):
        key = CharField(primary_key=True, max_length=64)
        count = IntegerField()
        expires_at = DateTimeField(index=True)

        class Meta:
            database = db
            legacy_table_names = False

    db.create_tables([Attempt])
