"""Signatures, drawn stroke by stroke: a name as an unpractised hand might write it."""

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

Point = tuple[float, float]

SQUARE = 240  # pixels for a character
INK = (22, 26, 58)
PIECES = 14  # straight ones that a stroke is drawn in


def signature(characters: int, random: Random) -> tuple[bytes, bytes]:
    """Dark ink on clear ground as a PNG, and the same on white as a JPEG."""
    ink = Image.new("L", (SQUARE * characters + 20, SQUARE + 20))
    draw = ImageDraw.Draw(ink)
    for place in range(characters):
        for _ in range(random.randint(5, 7)):
            _stroke(draw, (10 + place * SQUARE, 10), random)
    cut = ink.crop(ink.getbbox())
    cut.thumbnail((600, 120), Image.Resampling.LANCZOS)
    clear, white = Image.new("RGBA", cut.size, INK), Image.new("RGB", cut.size, "white")
    clear.putalpha(cut)
    white.paste(INK, mask=cut)
    return _file(clear, "PNG"), _file(white, "JPEG")


def _file(image: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()


def _stroke(draw: ImageDraw.ImageDraw, corner: Point, random: Random) -> None:
    """Across, down or slanting, bent a little, thinner towards its end."""
    left, top = corner
    x, y = left + random.uniform(0, 0.45) * SQUARE, top + random.uniform(0, 0.6) * SQUARE
    across, down = random.choice(((0.6, -0.05), (0.02, 0.55), (-0.35, 0.45), (0.45, 0.45), (0.3, 0.1)))
    end = (x + across * SQUARE, min(y + down * SQUARE, top + SQUARE))
    bend = (x + across * SQUARE / 2 + random.uniform(-22, 22), (y + end[1]) / 2 + random.uniform(-16, 16))
    for piece in range(PIECES):
        here, there = (_between((x, y), bend, end, step / PIECES) for step in (piece, piece + 1))
        thick = round(13 - 6 * piece / PIECES)
        draw.line((here, there), 255, thick)
        draw.ellipse((there[0] - thick / 2, there[1] - thick / 2, there[0] + thick / 2, there[1] + thick / 2), 255)


def _between(start: Point, bend: Point, end: Point, share: float) -> Point:
    """A spot on the curve (Bézier's, with one bend)."""
    one, two, three = (1 - share) ** 2, 2 * share * (1 - share), share**2
    return (
        one * start[0] + two * bend[0] + three * end[0],
        one * start[1] + two * bend[1] + three * end[1],
    )
