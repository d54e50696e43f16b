"""The one exception of this package."""


class InvalidValue(ValueError):
    """A value that cannot be taken; `str(error)` is a Chinese sentence telling the person what to do."""
