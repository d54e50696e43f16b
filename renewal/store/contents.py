"""Whether anything was ever kept here."""

from renewal.store.database import Database
from renewal.store.models import Table


def is_empty(database: Database) -> bool:
    """No table has a row. Raises Unavailable."""
    return not any(database.row(table.select()) for table in Table.__subclasses__())
