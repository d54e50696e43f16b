"""Who applies, and the way there: a draft and its pictures."""

from peewee import AutoField, BlobField, BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from renewal.store.models.table import MomentField, Table


class Avatar(Table):
    """A picture chosen for the profile (图2); which browser's, only that knows. `used_at` is true to a day."""

    id = CharField(primary_key=True, max_length=32)
    sealed = BlobField()
    used_at = MomentField()


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


class FaceOrder(Table):
    """A face check asked of a provider: `person_index` stands for the name and ID number it is about, `browser_index`
    for the browser it was asked in. Nothing of the face is kept; `code` is what the provider said at the end."""

    id = CharField(primary_key=True, max_length=32)
    draft = ForeignKeyField(Draft, on_delete="CASCADE")
    provider = CharField(max_length=20)
    person_index = CharField(max_length=64)
    browser_index = CharField(max_length=64)
    state = CharField(max_length=10)
    code = CharField(max_length=40)
    sealed = BlobField(null=True)
    asked_at = MomentField()
    settled_at = MomentField(null=True)

    class Meta:
        indexes = ((("draft", "asked_at"), False), (("state", "settled_at"), False))
