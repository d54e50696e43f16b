"""Pictures to test with: a real portrait from scikit-image's wheel, drawn signatures, and their bytes."""

from functools import cache
from io import BytesIO
from typing import Any

import skimage.data
from PIL import Image, ImageDraw


@cache
def astronaut(scale: float = 2.0) -> Image.Image:
    """A woman before a wall, 512×512 pixels times `scale`; callers copy before they draw on it."""
    picture = Image.fromarray(skimage.data.astronaut())
    side = round(512 * scale)
    return picture.resize((side, side), Image.Resampling.LANCZOS)


@cache
def cat() -> Image.Image:
    return Image.fromarray(skimage.data.chelsea()).resize((902, 600))


@cache
def coffee() -> Image.Image:
    return Image.fromarray(skimage.data.coffee()).resize((1200, 800))


def to_bytes(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def sheet(size: tuple[int, int] = (800, 300), mode: str = "RGB", paper: Any = "white") -> Image.Image:
    return Image.new(mode, size, paper)


def sign(image: Image.Image, ink: Any = "black", width: int = 6) -> Image.Image:
    """Strokes like two written characters, in the middle half of the picture."""
    signed = image.copy()
    draw = ImageDraw.Draw(signed)
    across, down = signed.size
    strokes = (
        ((0.28, 0.35), (0.42, 0.33), (0.36, 0.50), (0.28, 0.65)),
        ((0.34, 0.30), (0.35, 0.70)),
        ((0.30, 0.52), (0.44, 0.66)),
        ((0.52, 0.34), (0.70, 0.34), (0.68, 0.66), (0.62, 0.62)),
        ((0.55, 0.48), (0.66, 0.48)),
        ((0.50, 0.66), (0.73, 0.68)),
    )
    for stroke in strokes:
        draw.line([(x * across, y * down) for x, y in stroke], fill=ink, width=width, joint="curve")
    return signed
