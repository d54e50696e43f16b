"""The small pictures that pages show."""

from io import BytesIO

from PIL import Image

WIDTH, HEIGHT = 176, 246
_QUALITY = 50


def preview(jpeg: bytes) -> bytes:
    """A one-inch photo of ours, 295×413 pixels, as the pages show it: about 6 KB at 176×246 pixels.

    On a slow line the photo itself would cost a second, the two to choose from two.
    """
    image = Image.open(BytesIO(jpeg)).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    return out.getvalue()
