"""Drawn heads: nobody's photograph may stand in for an applicant's."""

from dataclasses import dataclass
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]

WIDTH, HEIGHT = 295, 413  # of a one-inch photo: in its pixels all is measured here
FINE = 2  # drawn so much larger and made small again: soft edges
COARSE = 4  # light needs no detail
WHITE: Colour = (255, 255, 255)
GREY: Colour = (196, 204, 206)
SKINS: tuple[Colour, ...] = ((246, 214, 186), (238, 200, 168), (226, 182, 146), (214, 168, 130))
HAIRS: tuple[Colour, ...] = ((28, 24, 24), (40, 34, 32), (58, 48, 42), (96, 94, 94), (148, 148, 150))
JACKETS: tuple[Colour, ...] = ((38, 46, 66), (52, 56, 62), (26, 32, 40), (74, 60, 52), (58, 74, 84))
SHIRTS: tuple[Colour, ...] = ((250, 250, 252), (206, 220, 238), (222, 226, 230))
TIES: tuple[Colour, ...] = ((128, 36, 44), (36, 62, 110), (64, 84, 74))


@dataclass(frozen=True, slots=True)
class Look:
    """What tells one drawn person from another."""

    woman: bool
    skin: Colour
    hair: Colour
    jacket: Colour
    shirt: Colour
    tie: Colour | None
    glasses: bool
    long_hair: bool
    parting: float
    face: float
    eyes: float
    brow: float
    mouth: float

    @classmethod
    def of(cls, woman: bool, age: int, random: Random) -> "Look":
        grey = age > 52
        return cls(
            woman,
            random.choice(SKINS),
            random.choice(HAIRS[2:] if grey else HAIRS[:3]),
            random.choice(JACKETS),
            random.choice(SHIRTS),
            None if woman or random.random() < 0.4 else random.choice(TIES),
            random.random() < 0.35,
            woman and random.random() < 0.6,
            random.uniform(-26, 26),
            random.uniform(-7, 7),
            random.uniform(-3, 4),
            random.uniform(-2, 3),
            random.uniform(-5, 6),
        )


def portrait(look: Look, background: Colour = WHITE) -> bytes:
    """A one-inch photo, 295×413 pixels, as a JPEG."""
    return _jpeg(_drawn(look, Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), background)).resize((WIDTH, HEIGHT)))


def selfie(look: Look, random: Random) -> bytes:
    """The same person before a wall, leaning a little, 384×512 pixels, as a JPEG."""
    wall = Image.linear_gradient("L").resize((WIDTH * FINE, HEIGHT * FINE))
    room = Image.merge("RGB", [wall.point(lambda level, cut=cut: 170 - cut + level // 4) for cut in (0, 8, 20)])
    upright = _drawn(look, room).resize((WIDTH * 3 // 2, HEIGHT * 3 // 2))
    leaning = upright.rotate(random.uniform(-6, 6), Image.Resampling.BILINEAR)
    left, top = random.randint(24, 38), random.randint(28, 40)
    return _jpeg(leaning.crop((left, top, left + 384, top + 512)))


def _jpeg(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=88)
    return file.getvalue()


def _drawn(look: Look, image: Image.Image) -> Image.Image:
    """Them on this ground, FINE times as large as a one-inch photo."""
    pen = Pen(ImageDraw.Draw(image))
    if look.long_hair:
        pen.oval(147, 176, 100 + look.face, 150, look.hair)
    _clothes(pen, look)
    _head(image, pen, look)
    _features(pen, look)
    _hair(pen, look)
    if look.glasses:
        _glasses(pen, look)
    return image


class Pen:
    """Draws in the pixels of a one-inch photo."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self._draw = draw

    def oval(self, x: float, y: float, across: float, down: float, fill: Colour) -> None:
        """Around a middle, by its two radii."""
        self._draw.ellipse(_fine(x - across, y - down, x + across, y + down), fill)

    def shape(self, fill: Colour, *points: float) -> None:
        self._draw.polygon(_fine(*points), fill)

    def bow(self, x: float, y: float, across: float, down: float, ends: tuple[int, int], ink: Colour, w: float) -> None:
        """A piece of an oval's edge, from one angle to the other, clockwise from the right."""
        self._draw.arc(_fine(x - across, y - down, x + across, y + down), *ends, ink, round(w * FINE))

    def pie(self, x: float, y: float, across: float, down: float, ends: tuple[int, int], fill: Colour) -> None:
        self._draw.chord(_fine(x - across, y - down, x + across, y + down), *ends, fill)


def _fine(*numbers: float) -> list[float]:
    return [number * FINE for number in numbers]


def _shade(colour: Colour, by: float) -> Colour:
    red, green, blue = (max(0, min(255, round(part * by))) for part in colour)
    return red, green, blue


def _clothes(pen: Pen, look: Look) -> None:
    pen.shape(_shade(look.skin, 0.86), 112, 250, 183, 250, 190, 330, 147, 352, 105, 330)
    pen.oval(147, 420, 152, 104, look.jacket)
    pen.shape(look.shirt, 108, 318, 147, 413, 187, 318, 176, 306, 147, 340, 119, 306)
    pen.shape(_shade(look.skin, 0.93), 119, 300, 147, 338, 176, 300)
    if look.tie:
        pen.shape(look.tie, 139, 338, 155, 338, 159, 413, 135, 413)
    pen.shape(_shade(look.jacket, 0.8), 104, 318, 84, 336, 140, 413, 147, 413)
    pen.shape(_shade(look.jacket, 0.8), 191, 318, 211, 336, 154, 413, 147, 413)


def _head(image: Image.Image, pen: Pen, look: Look) -> None:
    """Light comes from the left, softly."""
    wide = 78 + look.face
    for side in () if look.long_hair else (-1, 1):
        pen.oval(147 + side * wide, 178, 12, 22, _shade(look.skin, 0.88))
    mask = Image.new("L", image.size)
    shape = ImageDraw.Draw(mask)
    shape.ellipse(_fine(147 - wide, 52, 147 + wide, 240), 255)
    shape.ellipse(_fine(147 - wide * 0.84, 120, 147 + wide * 0.84, 272), 255)
    light = Image.new("RGB", (WIDTH // COARSE, HEIGHT // COARSE), _shade(look.skin, 0.84))
    lit = (147 - wide * 1.15, 60, 147 + wide * 0.72, 262)
    ImageDraw.Draw(light).ellipse([edge / COARSE for edge in lit], look.skin)
    image.paste(light.filter(ImageFilter.GaussianBlur(11 / COARSE)).resize(image.size), mask=mask)


def _features(pen: Pen, look: Look) -> None:
    dark, lips = _shade(look.hair, 0.9), (176, 82, 82) if look.woman else _shade(look.skin, 0.72)
    for side in (-1, 1):
        x = 147 + side * (34 + look.eyes)
        pen.bow(x, 158 - look.brow, 19, 12, (205, 335), dark, 3 if look.woman else 5)
        pen.oval(x, 172, 14, 7.5, (250, 250, 250))
        pen.oval(x, 172, 7, 7, (52, 34, 26))
        pen.oval(x - 2, 170, 2, 2, WHITE)
        pen.bow(x, 173, 15, 9, (195, 345), (36, 28, 26), 3.2 if look.woman else 2.4)
        pen.bow(x, 176, 14, 7, (30, 150), _shade(look.skin, 0.8), 1.2)
    pen.bow(143, 196, 8, 26, (300, 50), _shade(look.skin, 0.8), 2)
    pen.bow(147, 208, 12, 8, (20, 160), _shade(look.skin, 0.68), 2.6)
    pen.pie(147, 233, 25 + look.mouth, 7, (0, 180), lips)
    pen.bow(147, 230, 27 + look.mouth, 5, (15, 165), _shade(lips, 0.7), 2)
    pen.bow(147, 240, 14, 8, (40, 140), _shade(look.skin, 0.84), 2)


def _hair(pen: Pen, look: Look) -> None:
    wide, part = 84 + look.face, 147 + look.parting
    pen.pie(147, 118, wide, 94, (184, 356), look.hair)
    pen.oval(part, 96, 34, 28, look.hair)
    for side in (-1, 1):
        pen.pie(147 + side * wide * 0.46, 112, wide * 0.5, 30, (150, 30), look.hair)
    pen.shape(look.skin, part, 106, 147 + wide * 0.66, 138, 147 - wide * 0.66, 138)
    for side in (-1, 1):
        low = 250 if look.long_hair else 206 if look.woman else 160
        pen.shape(look.hair, 147 + side * wide, 106, 147 + side * (wide - 13), 118, 147 + side * (wide - 9), low)


def _glasses(pen: Pen, look: Look) -> None:
    frame = (44, 44, 50)
    for side in (-1, 1):
        pen.bow(147 + side * (34 + look.eyes), 173, 24, 18, (0, 360), frame, 2.6)
    pen.bow(147, 172, 13, 7, (200, 340), frame, 2.6)
