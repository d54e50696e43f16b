"""What was returned for correction. A frozen copy of the model, independent of it on purpose."""

from peewee import AutoField, CharField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    class Application(Model):
        id = AutoField()

        class Meta:
            database = db
            legacy_table_names = False

    class Defect(Model):
        id = AutoField()
        application = ForeignKeyField(Application, on_delete="RESTRICT")
        position = IntegerField()
        field = CharField(max_length=20)
        reason = TextField()

        class Meta:
            database = db
            legacy_table_names = False
            indexes = ((("application", "position", "field"), True),)

    db.create_tables([Defect])
