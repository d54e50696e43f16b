"""Leases of what is done daily, and rows of the log whose words were deleted, and until when
somebody saw a profile's picture. A frozen copy of the model, independent
of it on purpose."""

from peewee import CharField, DateTimeField, IntegerField, Model


def up(migrator, db):
    class Lease(Model):
        name = CharField(primary_key=True, max_length=20)
        holder = CharField(null=True, max_length=32)
        until = DateTimeField(null=True)
        done_at = DateTimeField(null=True)
        failures = IntegerField()
        retry_at = DateTimeField(null=True)
        trouble = CharField(max_length=200)

        class Meta:
            database = db
            legacy_table_names = False

    db.create_tables([Lease])
    migrator.migrate(
        migrator.add_column("event", "deletion", CharField(null=True, max_length=64)),
        migrator.rename_column("avatar", "created_at", "used_at"),
    )
