"""The employer's confirmation. A frozen copy of the models, independent of them on purpose."""

from peewee import AutoField, BlobField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Application(Table):
        pass

    class EmployerLink(Table):
        id = AutoField()
        application = ForeignKeyField(Application, on_delete="RESTRICT")
        position = IntegerField()
        made_at = DateTimeField()

        class Meta:
            indexes = ((("application", "position"), False),)

    class EmployerAnswer(Table):
        id = AutoField()
        application = ForeignKeyField(Application, on_delete="RESTRICT")
        position = IntegerField()
        link = IntegerField()
        answer = CharField(max_length=20)
        credit_code = CharField(max_length=18)
        sealed = BlobField()
        answered_at = DateTimeField()

        class Meta:
            indexes = ((("application", "position"), True),)

    db.create_tables([EmployerLink, EmployerAnswer])
