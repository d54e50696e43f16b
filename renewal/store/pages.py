"""A table read whole, a page at a time: one query for all would hold all."""

from collections.abc import Iterator
from typing import Any

from peewee import Tuple

from renewal.store.database import Database

PAGE = 100  # rows in memory at a time: with pictures, some ten megabytes


def pages(database: Database, table: Any) -> Iterator[list[tuple[Any, ...]]]:
    """All rows in the order of their keys, a tuple each in the order of the table's fields. Raises Unavailable."""
    keys, names = table._meta.get_primary_keys(), [field.name for field in table._meta.sorted_fields]
    places = [names.index(key.name) for key in keys]
    query = table.select().order_by(*keys).limit(PAGE).tuples()
    page = database.rows(query)
    while page:
        yield page
        page = database.rows(query.where(Tuple(*keys) > Tuple(*(page[-1][at] for at in places))))
