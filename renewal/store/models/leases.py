"""Who does what the machine does by itself."""

from peewee import CharField, IntegerField

from renewal.store.models.table import MomentField, Table


class Lease(Table):
    """The right to do one thing, which one `holder` has `until` a moment. `done_at` is when the last run that went
    well began; `failures` count those since that did not, after which nobody tries before `retry_at`, and `trouble`
    says to the office what it may do about it."""

    name = CharField(primary_key=True, max_length=20)
    holder = CharField(null=True, max_length=32)
    until = MomentField(null=True)
    done_at = MomentField(null=True)
    failures = IntegerField()
    retry_at = MomentField(null=True)
    trouble = CharField(max_length=200)
