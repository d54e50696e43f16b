"""The tables. Personal columns are sealed bytes; what is found by content is a keyed hash beside them."""

from datetime import UTC, datetime
from typing import Any

from peewee import (
    AutoField,
    BlobField,
    BooleanField,
    CharField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


class MomentField(DateTimeField):
    """An aware moment, kept as naive UTC so that every database orders it alike."""

    def db_value(self, value: datetime | None) -> Any:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def python_value(self, value: Any) -> datetime | None:
        moment: datetime | None = super().python_value(value)  # type: ignore[no-untyped-call]
        return moment.replace(tzinfo=UTC) if moment else None


class Table(Model):
    """Knows no database: a query is run by `Database`, which knows one."""

    class Meta:
        legacy_table_names = False


class Avatar(Table):
    """A picture chosen for the profile (图2)."""

    id = CharField(primary_key=True, max_length=32)
    sealed = BlobField()
    created_at = MomentField()


class Applicant(Table):
    """A registered person (图6). `person_index` stands for ID number and name together: whoever registers
    somebody else's number under a wrong name does not lock its owner out."""

    id = AutoField()
    person_index = CharField(unique=True, max_length=64)
    sealed = BlobField()
    created_at = MomentField()


class Draft(Table):
    """One way through the wizard. `history[v]` says which step was taken at version v and what it led to;
    `owner_index` stands for the browser that began it, and is empty when none is known."""

    id = CharField(primary_key=True, max_length=32)
    version = IntegerField()
    trust = IntegerField()
    id_index = CharField(max_length=64, index=True)
    owner_index = CharField(max_length=64)
    resume_index = CharField(max_length=64, null=True, unique=True)
    answers = BlobField()
    typed = BlobField(null=True)
    history = TextField()
    submitted = BooleanField()
    saved_at = MomentField()


class Attachment(Table):
    """A processed picture of a draft: small enough to live here, so that one transaction keeps it."""

    id = AutoField()
    draft = ForeignKeyField(Draft, backref="attachments", on_delete="CASCADE")
    kind = CharField(max_length=20)
    sealed = BlobField()
    saved_at = MomentField()

    class Meta:
        indexes = ((("draft", "kind"), True), (("kind", "draft"), False))


class Staff(Table):
    """Somebody of the office: an account of its own, and never an applicant's session. `first_password_at` says
    since when the password is one that somebody else gave, and is NULL once its owner chose one."""

    id = AutoField()
    name = CharField(unique=True, max_length=60)
    role = CharField(max_length=20)
    password_hash = CharField(max_length=255)
    totp_secret = BlobField(null=True)
    recovery = BlobField(null=True)
    disabled = BooleanField()
    created_at = MomentField()
    first_password_at = MomentField(null=True)
    last_totp_step = IntegerField(null=True)


class StaffSession(Table):
    """A session on the server, found by the keyed hash of the id in the cookie: it can be revoked."""

    id = CharField(primary_key=True, max_length=64)
    staff = ForeignKeyField(Staff, backref="sessions", on_delete="CASCADE")
    created_at = MomentField()
    seen_at = MomentField()
    address = CharField(max_length=45)
    agent = CharField(max_length=200)
    revoked_at = MomentField(null=True)


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
        indexes = ((("status", "deadline", "id", *ASKED), False), (("deadline", "id", "status", *ASKED), False))


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


class Event(Table):
    """What happened: append-only, one chain over everything, see `event_log`. Of a case, `version` is the case's
    after it; `action` is "move" or what else was done, and then `source` and `target` are the same; `evidence` is
    the digest of the submission or of the defects that came with it, or empty. What staff did beside a case has no
    `application` and says in `subject` to whom or what."""

    id = AutoField()
    sequence = IntegerField(unique=True)
    application = ForeignKeyField(Application, null=True, on_delete="RESTRICT")
    version = IntegerField()
    action = CharField(max_length=20)
    actor_kind = CharField(max_length=20)
    actor = CharField(max_length=60)
    source = CharField(max_length=20)
    target = CharField(max_length=20)
    at = MomentField()
    reason = TextField()
    deadline = CharField(max_length=10, null=True)
    evidence = CharField(max_length=64)
    subject = CharField(max_length=64, null=True, index=True)
    previous_hash = CharField(max_length=64)
    hash = CharField(max_length=64)


class ChainHead(Table):
    """One row: the last event of the chain. `seal` is keyed, so that nobody writes an earlier one by hand."""

    id = IntegerField(primary_key=True)
    sequence = IntegerField()
    hash = CharField(max_length=64)
    seal = CharField(max_length=64)


class Attempt(Table):
    """How often somebody tried something until `expires_at`; `key` is a keyed hash of who and what."""

    key = CharField(primary_key=True, max_length=64)
    count = IntegerField()
    expires_at = MomentField(index=True)


class EmployerLink(Table):
    """A link for the employer made anew: it ends those made before for this submission, whose first needs no row."""

    id = AutoField()
    application = ForeignKeyField(Application, on_delete="RESTRICT")
    position = IntegerField()
    made_at = MomentField()

    class Meta:
        indexes = ((("application", "position"), False),)


class EmployerAnswer(Table):
    """What the employer said of a submission, through which of its links; who said it is sealed, to all of the
    rest. `answer` is the status that the case moved to."""

    id = AutoField()
    application = ForeignKeyField(Application, on_delete="RESTRICT")
    position = IntegerField()
    link = IntegerField()
    answer = CharField(max_length=20)
    credit_code = CharField(max_length=18)
    sealed = BlobField()
    answered_at = MomentField()

    class Meta:
        indexes = ((("application", "position"), True),)


TABLES = (
    Avatar,
    Applicant,
    Draft,
    Attachment,
    Staff,
    StaffSession,
    Application,
    Submission,
    SubmissionPicture,
    Defect,
    Note,
    Event,
    ChainHead,
    Attempt,
    EmployerLink,
    EmployerAnswer,
)
