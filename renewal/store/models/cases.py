"""What was handed in, and what the office made of it."""

from peewee import AutoField, BlobField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from renewal.store.models.applicants import Draft
from renewal.store.models.staffing import Staff
from renewal.store.models.table import MomentField, Table

ASKED = ("clerk", "conflict", "submissions", "method", "trust", "specialty_1", "specialty_2", "employer")
"""What the office's lists are filtered by, in indexes from which they are read without the rows."""


class Application(Table):
    """A case, with what the office filters, sorts and counts by in plain columns or masks; `open_index`
    stands for ID number, owner and name while it is open and is NULL after: its uniqueness keeps one owner to
    one open case per ID number and name. `head` is the hash of its last event, which covers `status` and `version`."""

    id = AutoField()
    number = CharField(null=True, unique=True, max_length=32)
    draft = ForeignKeyField(Draft, unique=True, on_delete="RESTRICT")
    status = CharField(max_length=20)
    version = IntegerField()
    head = CharField(max_length=64)
    id_index = CharField(max_length=64, index=True)
    open_index = CharField(max_length=64, null=True, unique=True)
    conflict = BooleanField()
    trust = IntegerField()
    method = CharField(max_length=20)
    name_index = CharField(max_length=64, index=True)
    phone_index = CharField(max_length=64, index=True)
    name_mask = CharField(max_length=60)
    id_mask = CharField(max_length=32)
    employer = CharField(max_length=120, index=True)
    specialty_1 = CharField(max_length=40)
    specialty_2 = CharField(max_length=40)
    submissions = IntegerField()
    submitted_at = MomentField(index=True)
    resubmitted_at = MomentField(null=True)
    deadline = CharField(null=True, max_length=10)
    decided_at = MomentField(null=True)
    clerk = ForeignKeyField(Staff, null=True, on_delete="RESTRICT", index=False)

    class Meta:
        indexes = (
            (("status", "deadline", "id", *ASKED), False),
            (("deadline", "id", "status", *ASKED), False),
            (("status", "submitted_at"), False),
        )


class Submission(Table):
    """The answers of one handing-in, as they were: positions count from 0."""

    id = AutoField()
    application = ForeignKeyField(Application, on_delete="RESTRICT")
    position = IntegerField()
    answers = BlobField()
    submitted_at = MomentField()

    class Meta:
        indexes = ((("application", "position"), True),)


class SubmissionPicture(Table):
    """A picture frozen with a submission."""

    id = AutoField()
    submission = ForeignKeyField(Submission, backref="pictures", on_delete="RESTRICT")
    kind = CharField(max_length=20)
    sealed = BlobField()

    class Meta:
        indexes = ((("submission", "kind"), True),)


class Defect(Table):
    """What was found wrong in a submission and returned for correction: `field` is a field's name, a picture's
    kind or `commitment`."""

    id = AutoField()
    application = ForeignKeyField(Application, on_delete="RESTRICT")
    position = IntegerField()
    field = CharField(max_length=20)
    reason = TextField()

    class Meta:
        indexes = ((("application", "position", "field"), True),)


class Note(Table):
    """What one member of staff tells the others of a case, sealed to all of the rest; an applicant never sees it."""

    id = AutoField()
    application = ForeignKeyField(Application, on_delete="RESTRICT")
    author = CharField(max_length=60)
    sealed = BlobField()
    at = MomentField()

    class Meta:
        indexes = ((("application", "at"), False),)
