"""Who works in the office."""

from peewee import AutoField, BlobField, BooleanField, CharField, ForeignKeyField, IntegerField

from renewal.store.models.table import MomentField, Table


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
