"""What the office decided on its page of settings."""

from peewee import CharField, IntegerField, TextField

from renewal.store.models.table import MomentField, Table


class SettingVersion(Table):
    """Every state of all settings, the newest with the highest number; `saved` is JSON: what differs from the
    defaults, as text by key. A row never changes."""

    number = IntegerField(primary_key=True)
    saved = TextField()
    author = CharField(max_length=60)
    at = MomentField()
