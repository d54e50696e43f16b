"""What happened, how often somebody tried, and how far people came."""

from peewee import AutoField, BlobField, CharField, CompositeKey, ForeignKeyField, IntegerField, TextField

from renewal.store.models.cases import Application
from renewal.store.models.table import MomentField, Table


class Event(Table):
    """What happened: append-only, one chain over everything, see `event_log`. Of a case, `version` is the case's
    after it; `action` is "move" or what else was done, and then `source` and `target` are the same; `evidence` is
    the digest of the submission or of the defects that came with it, or empty; `day` is the one that `at` is on in
    China. What staff did beside a case has no `application` and says in `subject` to whom or what. Of a row whose words
    were deleted `deletion` is the keyed hash over all that is left of it."""

    id = AutoField()
    sequence = IntegerField(unique=True)
    application = ForeignKeyField(Application, null=True, on_delete="RESTRICT", index=False)
    version = IntegerField()
    action = CharField(max_length=20)
    actor_kind = CharField(max_length=20)
    actor = CharField(max_length=60)
    source = CharField(max_length=20)
    target = CharField(max_length=20)
    at = MomentField()
    day = CharField(max_length=10)
    reason = TextField()
    deadline = CharField(max_length=10, null=True)
    evidence = CharField(max_length=64)
    subject = CharField(max_length=64, null=True, index=True)
    previous_hash = CharField(max_length=64)
    hash = CharField(max_length=64)
    deletion = CharField(null=True, max_length=64)

    class Meta:
        indexes = (
            (("application", "action", "target", "day"), False),
            (("action", "target", "day", "source", "application"), False),
        )


class ChainHead(Table):
    """One row: the last event of the chain. `seal` is keyed, so that nobody writes an earlier one by hand."""

    id = IntegerField(primary_key=True)
    sequence = IntegerField()
    hash = CharField(max_length=64)
    seal = CharField(max_length=64)


class KeyCheck(Table):
    """One row, by which a container notices that its keys are not those of this database: `session_index` stands
    for the key of cookies, `sealed` opens with the newest key."""

    id = IntegerField(primary_key=True)
    session_index = CharField(max_length=64)
    sealed = BlobField()


class Attempt(Table):
    """How often somebody tried something until `expires_at`; `key` is a keyed hash of who and what."""

    key = CharField(primary_key=True, max_length=64)
    count = IntegerField()
    expires_at = MomentField(index=True)


class StepCount(Table):
    """How many drafts first came to a step of the wizard on a day in China, `YYYY-MM-DD`: counted once, of nobody."""

    day = CharField(max_length=10)
    step = CharField(max_length=20)
    reached = IntegerField()

    class Meta:
        primary_key = CompositeKey("day", "step")
