"""What the statistics count: how far drafts came; and of each event the day it was in China, which no two databases cut
out of a moment alike. Indexes answer without the rows. A frozen copy of the models, independent of them on purpose."""

from datetime import timedelta

from peewee import AutoField, CharField, CompositeKey, DateTimeField, IntegerField, Model

IN_CHINA = timedelta(hours=8)


def up(migrator, db):
    class StepCount(Model):
        day = CharField(max_length=10)
        step = CharField(max_length=20)
        reached = IntegerField()

        class Meta:
            database = db
            legacy_table_names = False
            primary_key = CompositeKey("day", "step")

    db.create_tables([StepCount])
    migrator.migrate(
        migrator.add_column("event", "day", CharField(max_length=10, default="")),
        migrator.drop_index("event", "event_application_id"),
    )
    _tell_days(db)
    migrator.migrate(
        migrator.add_index("event", ("application_id", "action", "target", "day")),
        migrator.add_index("event", ("action", "target", "day", "source", "application_id")),
        migrator.add_index("application", ("status", "submitted_at")),
    )


def _tell_days(db):
    class Event(Model):
        id = AutoField()
        at = DateTimeField()
        day = CharField(max_length=10)

        class Meta:
            database = db
            legacy_table_names = False

    for event in list(Event.select(Event.id, Event.at)):
        day = (event.at + IN_CHINA).date().isoformat()
        Event.update(day=day).where(Event.id == event.id).execute()
