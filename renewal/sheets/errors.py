"""The one exception of this package."""

from renewal.domain.errors import InvalidValue


class SheetRefused(InvalidValue):
    """A file that cannot be read as a table; `str(error)` is a Chinese sentence telling what to do."""
