"""The one exception of this package."""


class ImageRejected(ValueError):
    """A picture that cannot be used; str(e) tells the person, in Chinese, what to do instead."""
