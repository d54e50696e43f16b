"""Who is registered, as the authority's file said, and how that file came in."""

from peewee import AutoField, BlobField, CharField, ForeignKeyField, IntegerField, TextField

from renewal.store.models.table import MomentField, Table


class RosterImport(Table):
    """One file, and the generation of people made of it. `run` counts the tries to read it, so that of two processes
    one stops; `beat_at` is when it last got on. `found` is its heading, which column is what, and a few rows."""

    id = AutoField()
    state = CharField(max_length=20, index=True)
    file_name = CharField(max_length=120)
    actor_kind = CharField(max_length=20)
    actor = CharField(max_length=60)
    started_at = MomentField()
    beat_at = MomentField()
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
    confirmed_at = MomentField(null=True)


class RosterPiece(Table):
    """A piece of the file, until all of it has been read."""

    id = AutoField()
    generation = ForeignKeyField(RosterImport, on_delete="RESTRICT")
    position = IntegerField()
    sealed = BlobField()

    class Meta:
        indexes = ((("generation", "position"), True),)


class RosterPerson(Table):
    """Somebody of one generation. `digest` is a keyed hash of all that is known, to tell who changed."""

    id = AutoField()
    generation = ForeignKeyField(RosterImport, on_delete="RESTRICT", index=False)
    id_index = CharField(max_length=64)
    digest = CharField(max_length=64)
    valid_until = CharField(max_length=10)
    sealed = BlobField()

    class Meta:
        indexes = ((("generation", "id_index"), True), (("generation", "valid_until", "id", "id_index"), False))


class RosterFault(Table):
    """What is wrong in a row of a file."""

    id = AutoField()
    generation = ForeignKeyField(RosterImport, on_delete="RESTRICT", index=False)
    line = IntegerField()
    sealed = BlobField()

    class Meta:
        indexes = ((("generation", "line"), False),)


class RosterHead(Table):
    """One row, once there was a roster: which generation it is, NULL for none. Writing it is the whole import."""

    id = IntegerField(primary_key=True)
    current = ForeignKeyField(RosterImport, null=True, on_delete="RESTRICT", index=False)
