"""What people hold before their faces, and what they may wear, painted on the astronaut: places in base pixels."""

from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image

from tests.images.variants import Pixels, base, painted

_EYES = (201, 101), (247, 104)
_MASK = "178,118 205,112 224,108 245,113 270,122 266,158 246,184 222,190 198,182 182,156"
_UNDER_THE_NOSE = "180,140 205,136 224,134 245,137 268,142 264,162 246,186 222,192 198,184 183,160"
_SCARF = "165,122 224,118 285,124 290,215 160,215"


def _blended(person: Pixels, shape: Pixels, colour: tuple[float, float, float], opacity: float = 1.0) -> None:
    alpha = cv2.GaussianBlur(shape.astype(np.float32) / 255, (0, 0), 0.8)[..., None] * opacity
    grain = np.random.default_rng(5).normal(0, 4, (512, 512, 1))
    person[:] = np.clip(person * (1 - alpha) + (np.array(colour) + grain) * alpha, 0, 255)


def _area(text: str, colour: tuple[int, int, int]) -> Callable[[Pixels], None]:
    corners = np.array([[int(number) for number in pair.split(",")] for pair in text.split()], np.int32)

    def paint(person: Pixels) -> None:
        _blended(person, cv2.fillPoly(np.zeros((512, 512), np.uint8), [corners], 255), colour)

    return paint


def _lenses(across: int, down: int, colour: tuple[int, int, int], opacity: float = 1.0) -> Callable[[Pixels], None]:
    def paint(person: Pixels) -> None:
        shape = np.zeros((512, 512), np.uint8)
        for x, y in _EYES:
            cv2.ellipse(shape, (x, y + 4), (across, down), 3, 0, 360, 255, -1)
        cv2.line(shape, (215, 99), (233, 100), 255, 4)
        _blended(person, shape, colour, opacity)

    return paint


def _fingers(*lines: tuple[int, int, int, int]) -> Callable[[Pixels], None]:
    def paint(person: Pixels) -> None:
        skin = person[118:126, 195:210].reshape(-1, 3).mean(axis=0)
        for number, (left, top, right, bottom) in enumerate(lines):
            for thickness, shade in ((15, 0.72), (13, 0.93 + 0.05 * (number % 2))):
                shape = cv2.line(np.zeros((512, 512), np.uint8), (left, top), (right, bottom), 255, thickness)
                _blended(person, shape, tuple(skin * shade))

    return paint


def _fringe(person: Pixels) -> None:
    _area("172,48 278,48 276,118 250,116 228,121 204,117 174,119", (45, 32, 25))(person)
    random = np.random.default_rng(1)
    for left, lean, shade in random.uniform((174, -6, 20), (276, 6, 70), (60, 3)):
        cv2.line(person, (int(left), 48), (int(left + lean), 116), (shade, shade * 0.75, shade * 0.6), 1, cv2.LINE_AA)


def _beard(person: Pixels) -> None:
    shape = np.zeros((512, 512), np.uint8)
    cv2.ellipse(shape, (224, 158), (44, 36), 0, 0, 360, 255, -1)
    shape[:138] = 0
    cv2.ellipse(shape, (223, 147), (17, 6), 0, 0, 360, 0, -1)
    _blended(person, cv2.GaussianBlur(shape, (0, 0), 2), (55, 42, 34), 0.85)


def _glasses(thickness: int, colour: tuple[int, int, int]) -> Callable[[Pixels], None]:
    def paint(person: Pixels) -> None:
        for x, y in _EYES:
            cv2.ellipse(person, (x, y + 3), (19, 15), 0, 0, 360, colour, thickness, cv2.LINE_AA)
        cv2.line(person, (219, 101), (229, 102), colour, thickness, cv2.LINE_AA)

    return paint


HIDES_EYES = {
    "black sunglasses": _lenses(21, 16, (12, 12, 14)),
    "large sunglasses": _lenses(25, 21, (20, 15, 12)),
    "small sunglasses": _lenses(18, 13, (12, 12, 14)),
    "brown sunglasses": _lenses(22, 17, (60, 40, 28)),
    "half-clear sunglasses": _lenses(22, 17, (15, 15, 18), 0.85),
    "hair over the eyes": _fringe,
    "a hand over the eyes": _fingers(*((160, y, 285, y + 3) for y in (84, 97, 110, 122))),
}
HIDES_MOUTH = {
    "a white mask": _area(_MASK, (235, 238, 240)),
    "a blue mask": _area(_MASK, (150, 190, 220)),
    "a black mask": _area(_MASK, (35, 35, 38)),
    "a mask in the colour of skin": _area(_MASK, (205, 165, 145)),
    "a mask under the nose": _area(_UNDER_THE_NOSE, (150, 190, 220)),
    "a scarf": _area(_SCARF, (120, 40, 50)),
    "a hand over the mouth": _fingers(*((172, y, 280, y + 3) for y in (138, 151, 164, 177))),
}
HIDES_NOTHING = {
    "thin glasses": _glasses(1, (170, 140, 70)),
    "glasses": _glasses(2, (30, 25, 25)),
    "thick glasses": _glasses(4, (12, 12, 12)),
    "a beard": _beard,
}


def covered(paint: Callable[[Pixels], None]) -> Image.Image:
    return Image.fromarray(painted(paint)[0])


def drawn(round_eyes: bool = False) -> Image.Image:
    """A face as a child or a program draws it."""
    paper = np.full((900, 700, 3), (200, 220, 235), np.uint8)
    cv2.ellipse(paper, (350, 330), (200, 240), 0, 0, 360, (60, 40, 30), -1, cv2.LINE_AA)
    cv2.ellipse(paper, (350, 390), (150, 195), 0, 0, 360, (240, 200, 175), -1, cv2.LINE_AA)
    for x in (288, 412):
        cv2.ellipse(paper, (x, 360), (30, 36 if round_eyes else 20), 0, 0, 360, (255, 255, 255), -1, cv2.LINE_AA)
        cv2.circle(paper, (x, 360), 15, (50, 80, 60), -1, cv2.LINE_AA)
        cv2.ellipse(paper, (x, 318), (36, 10), 0, 180, 360, (60, 40, 30), 7, cv2.LINE_AA)
    cv2.line(paper, (350, 370), (338, 430), (200, 150, 130), 5, cv2.LINE_AA)
    cv2.ellipse(paper, (350, 480), (50, 18), 0, 0, 180, (190, 70, 80), -1, cv2.LINE_AA)
    return Image.fromarray(paper)


def sketched() -> Image.Image:
    paper = np.full((900, 700, 3), 246, np.uint8)
    cv2.ellipse(paper, (350, 390), (150, 200), 0, 0, 360, (20, 20, 20), 4, cv2.LINE_AA)
    for x in (288, 412):
        cv2.ellipse(paper, (x, 360), (32, 18), 0, 0, 360, (20, 20, 20), 4, cv2.LINE_AA)
        cv2.circle(paper, (x, 360), 10, (20, 20, 20), -1, cv2.LINE_AA)
        cv2.ellipse(paper, (x, 315), (40, 10), 0, 180, 360, (20, 20, 20), 5, cv2.LINE_AA)
    cv2.polylines(paper, [np.array([(350, 370), (330, 440), (360, 445)])], False, (20, 20, 20), 4, cv2.LINE_AA)
    cv2.ellipse(paper, (350, 490), (55, 20), 0, 0, 180, (20, 20, 20), 4, cv2.LINE_AA)
    return Image.fromarray(paper)


def plain() -> Image.Image:
    return Image.fromarray(cv2.resize(base(), (1024, 1024), interpolation=cv2.INTER_CUBIC))
