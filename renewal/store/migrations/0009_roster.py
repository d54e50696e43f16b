"""The roster of who is registered. Frozen copies of the models, independent of them on purpose."""

from peewee import AutoField, BlobField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class RosterImport(Table):
        id = AutoField()
        state = CharField(max_length=20, index=True)
        file_name = CharField(max_length=120)
        actor_kind = CharField(max_length=20)
        actor = CharField(max_length=60)
        started_at = DateTimeField()
        beat_at = DateTimeField()
        run = IntegerField()
        percent = IntegerField()
        found = BlobField(null=True)
        good = IntegerField()
        wrong = IntegerField()
        noted = IntegerField()
        new = IntegerField()
        changed = IntegerField()
        unchanged = IntegerField()
        missing = IntegerField()
        message = TextField()
        replaces = IntegerField(null=True)
        confirmed_at = DateTimeField(null=True)

    class RosterPiece(Table):
        id = AutoField()
        generation = ForeignKeyField(RosterImport, on_delete="RESTRICT")
        position = IntegerField()
        sealed = BlobField()

        class Meta:
            indexes = ((("generation", "position"), True),)

    class RosterPerson(Table):
        id = AutoField()
        generation = ForeignKeyField(RosterImport, on_delete="RESTRICT", index=False)
        id_index = CharField(max_length=64)
        digest = CharField(max_length=64)
        valid_until = CharField(max_length=10)
        sealed = BlobField()

        class Meta:
            indexes = ((("generation", "id_index"), True), (("generation", "valid_until", "id", "id_index"), False))

    class RosterFault(Table):
        id = AutoField()
        generation = ForeignKeyField(RosterImport, on_delete="RESTRICT", index=False)
        line = IntegerField()
        sealed = BlobField()

        class Meta:
            indexes = ((("generation", "line"), False),)

    class RosterHead(Table):
        id = IntegerField(primary_key=True)
        current = ForeignKeyField(RosterImport, null=True, on_delete="RESTRICT", index=False)

    db.create_tables([RosterImport, RosterPiece, RosterPerson, RosterFault, RosterHead])
