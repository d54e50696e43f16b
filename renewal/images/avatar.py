"""A photo as the round picture of a profile (图2)."""

from PIL import Image, ImageOps

from renewal.images.decode import decode
from renewal.images.encode import to_jpeg

SIDE = 96
LARGEST_BYTES = 10_000


def make_avatar(data: bytes) -> bytes:
    """A square JPEG of 96×96 pixels cut from the middle of any photo, a little above centre where faces are.

    Raises ImageRejected when the photo cannot be decoded.
    """
    picture = decode(data, longest=SIDE * 8)
    square = ImageOps.fit(picture.image, (SIDE, SIDE), Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    return to_jpeg(square, LARGEST_BYTES)
