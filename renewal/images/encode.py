"""Pictures back into bytes: bare files without metadata, no larger than they may be."""

from io import BytesIO

from PIL import Image


def to_jpeg(image: Image.Image, largest: int, comment: bytes = b"") -> bytes:
    """An RGB picture as JPEG of at most `largest` bytes, at the best of some qualities that fits.

    A picture that fits at none comes out at the worst, larger; what we make is too small for that.
    """
    for quality in (92, 86, 78, 68, 56, 42, 28):
        data = _save(image, "JPEG", quality=quality, optimize=True, comment=comment)
        if len(data) <= largest:
            break
    return data


def to_png(image: Image.Image) -> bytes:
    """A picture as PNG, packed as tightly as PNG can."""
    return _save(image, "PNG", optimize=True)


def _save(image: Image.Image, kind: str, **options: int | bytes) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()
