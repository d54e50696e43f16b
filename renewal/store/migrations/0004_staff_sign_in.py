"""Staff who sign in, and the log of what they do beside a case. Tables are altered in place: sessions and cases
refer to staff, and a table made anew would take them along.

Failures are counted in `attempt` now, as everybody else's.
"""

from peewee import CharField, DateTimeField, IntegerField


def up(migrator, db):
    migrator.migrate(
        migrator.drop_column("staff", "failures"),
        migrator.drop_column("staff", "locked_until"),
        migrator.add_column("staff", "first_password_at", DateTimeField(null=True)),
        migrator.add_column("staff", "last_totp_step", IntegerField(null=True)),
        migrator.drop_not_null("event", "application_id"),
        migrator.add_column("event", "subject", CharField(max_length=64, null=True, index=True)),
    )
