"""Pictures back into bytes: bare files without metadata, no larger than they may be."""

from io import BytesIO

from PIL import Image

# Qualities with the least share of the bytes at the best one that photographs came to: where even that is too much,
# the quality need not be tried. Optimal Huffman tables would save 3 % of the bytes and take twice as long.
_QUALITIES = ((92, 1.0), (86, 0.66), (78, 0.46), (68, 0.36), (56, 0.26), (42, 0.20), (28, 0.0))


def to_jpeg(image: Image.Image, largest: int, comment: bytes = b"") -> bytes:
    """An RGB picture as JPEG of at most `largest` bytes, at the best of some qualities that fits.

    A picture that fits at none comes out at the worst, larger; what we make is too small for that.
    """
    best = 0
    for quality, least in _QUALITIES:
        if best * least > largest:
            continue
        data = _save(image, "JPEG", quality=quality, comment=comment)
        if len(data) <= largest:
            break
        best = best or len(data)
    return data


def to_png(image: Image.Image) -> bytes:
    """A picture as PNG, packed as tightly as PNG can."""
    return _save(image, "PNG", optimize=True)


def _save(image: Image.Image, kind: str, **options: int | bytes) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()
