"""Five people of the photographs before other rooms, with neighbours, in bad light, turned: each with its truth.

What the camera cannot tell stays unsaid: a face on a poster that fills the picture, a picture of a picture, a photo
traced as a drawing and a shop-window dummy look like people to any detector. They are answered, in either way.
"""

from functools import cache

import cv2
import numpy as np
import skimage.data
from numpy.typing import NDArray

from tests.images import variants
from tests.images.outlines import OUTLINES
from tests.images.photographs import Box, Pixels, part
from tests.images.real import PEOPLE
from tests.images.scenes import Marks, Matrix, Scene

_ROOMS: dict[str, tuple[str, Box]] = {
    "stairs": ("sample5", (0, 0, 700, 290)),
    "a window": ("sample3", (0, 0, 1060, 230)),
    "blinds": ("sample6", (200, 0, 1000, 200)),
    "flags": ("obama2", (0, 0, 600, 150)),
    "a curtain": ("biden", (0, 100, 330, 560)),
}
ROOMS = (*_ROOMS, "a table", "bricks", "a blue wall")


@cache
def room(name: str, width: int, height: int) -> Pixels:
    """A background of that size without people; it may not be written to."""
    if name in _ROOMS:
        pixels = part(*_ROOMS[name])
    else:
        drawn = {"a table": skimage.data.coffee, "bricks": variants.brick_wall, "a blue wall": _blue}
        pixels = drawn[name]()
    scale = max(width / pixels.shape[1], height / pixels.shape[0])
    pixels = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    pixels = pixels[:height, :width]
    pixels = cv2.copyMakeBorder(pixels, 0, height - pixels.shape[0], 0, width - pixels.shape[1], cv2.BORDER_REPLICATE)
    pixels.flags.writeable = False
    return pixels


def _blue() -> Pixels:
    return variants.wall((90, 130, 190))


@cache
def cutout(name: str) -> tuple[Pixels, NDArray[np.float32], Marks]:
    """A person's own pixels, how much of each is hers or his (0 to 1), and the marks in these pixels."""
    source, (left, top, right, bottom), marks = PEOPLE[name]
    outline = np.array([[int(n) for n in pair.split(",")] for pair in OUTLINES[name].split()], np.int32)
    bottom = min(bottom, int(outline[:, 1].max()))
    mask = np.zeros((bottom - top, right - left), np.float32)
    cv2.fillPoly(mask, [outline - (left, top)], 1.0)
    alpha = cv2.copyMakeBorder(mask, 4, 4, 4, 4, cv2.BORDER_REPLICATE)
    alpha = cv2.GaussianBlur(alpha, (0, 0), 1.2)[4:-4, 4:-4]
    return part(source, (left, top, right, bottom)), alpha, marks.through(_shift(-left, -top))


def _shift(x: float, y: float) -> Matrix:
    return np.array([[1.0, 0, x], [0, 1.0, y]])


def put(scene: Scene, name: str, scale: float = 1.0, at: tuple[int, int] = (0, 0), blur: float = 0) -> Scene:
    """The scene with one more person in front, the corner of the cut-out at `at`; the truth is about this one."""
    person, mask, marks = cutout(name)
    size = round(person.shape[1] * scale), round(person.shape[0] * scale)
    person = cv2.resize(person, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    mask = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    if blur:
        person, mask = cv2.GaussianBlur(person, (0, 0), blur), cv2.GaussianBlur(mask, (0, 0), blur)
    (x, y), (height, width) = at, scene.pixels.shape[:2]
    left, top, right, bottom = max(0, x), max(0, y), min(width, x + size[0]), min(height, y + size[1])
    seen, place = np.s_[top - y : bottom - y, left - x : right - x], np.s_[top:bottom, left:right]
    alpha = np.zeros((height, width), np.float32)
    alpha[place] = mask[seen]
    out, white = scene.pixels.copy(), np.full_like(scene.pixels, 255)
    for canvas in (out, white):
        behind = canvas[place].astype(np.float32)
        canvas[place] = np.rint(behind + mask[seen][..., None] * (person[seen] - behind))
    return Scene(out, marks.through(np.array([[scale, 0, x], [0, scale, y]])), alpha, white)


def before(name: str, behind: str) -> Scene:
    """The person where the photograph has them, before another room."""
    height, width = cutout(name)[1].shape
    return put(Scene(room(behind, width, height)), name)


def standing(scene: Scene, name: str, x: int, scale: float = 1.0, blur: float = 0) -> Scene:
    """The scene with one more person in front, cut off by its lower edge."""
    return put(scene, name, scale, (x, scene.pixels.shape[0] - round(cutout(name)[1].shape[0] * scale)), blur)


def hall(name: str, above: int = 250, width: int = 1500, behind: str = "stairs") -> Scene:
    """An empty room for that person, and more people: `above` pixels higher than the cut-out."""
    return Scene(room(behind, width, cutout(name)[1].shape[0] + above))


def with_poster(name: str, other: str) -> Scene:
    """A framed picture of another face on the wall, a quarter as large as the person's own."""
    pixels = hall(name).pixels.copy()
    source, box, marks = PEOPLE[other]
    tall = marks.chin[1] - marks.crown[1]
    left, top = round(max(box[0], marks.crown[0] - 0.6 * tall)), round(max(box[1], marks.crown[1] - 0.15 * tall))
    picture = part(source, (left, top, left + round(1.2 * tall), top + round(1.5 * tall)))
    pixels[90:275, 170:322] = 40
    pixels[100:265, 180:312] = cv2.resize(picture, (132, 165), interpolation=cv2.INTER_AREA)
    return standing(Scene(pixels), name, 420)


def with_passer_by(name: str, other: str) -> Scene:
    """Somebody far behind, out of focus, a quarter as large, behind a counter."""
    marks = cutout(other)[2]
    scale = 0.25 * 400 / (marks.chin[1] - marks.crown[1])
    room_ = put(hall(name, behind="a window"), other, scale, (150, 330), blur=2.0)
    pixels = room_.pixels.copy()
    pixels[330 + round(0.7 * scale * cutout(other)[1].shape[0]) :] = (92, 70, 52)
    return standing(Scene(pixels), name, 420)


def with_neighbour(name: str, other: str, scale: float, x: int) -> Scene:
    """Two people, the other one behind or at the side."""
    both = standing(hall(name, width=1700), other, x, scale)
    return standing(Scene(both.pixels), name, 500)


def turned(name: str, degrees: float, behind: str = "a curtain") -> Scene:
    """The phone held aslant by that many degrees."""
    scene = standing(hall(name, 500, 1800, behind), name, 400)
    assert scene.marks
    below = scene.marks.chin[1] + 60
    centre, size = (scene.marks.crown[0], below), (800, 2 * round(below - scene.marks.crown[1] + 60))
    matrix = cv2.getRotationMatrix2D(centre, -degrees, 1.0)
    matrix[:, 2] += np.array(size) / 2 - centre

    def change(pixels: Pixels) -> Pixels:
        return np.asarray(cv2.warpAffine(pixels, matrix, size, borderMode=cv2.BORDER_REPLICATE))

    return scene.warped(change, matrix)


def on_its_side(name: str, behind: str = "flags") -> Scene:
    """A quarter turn clockwise, and no EXIF that says so."""
    scene = before(name, behind)
    height = scene.pixels.shape[0]
    return scene.warped(lambda pixels: np.rot90(pixels, -1).copy(), np.array([[0.0, -1, height - 1], [1, 0, 0]]))


def from_afar(name: str, scale: float) -> Scene:
    """Small in a tall picture, cut off by its lower edge."""
    return standing(Scene(room("a window", 1500, 2000)), name, 420, scale)


def lit(scene: Scene, gamma: float = 1.0, gain: float = 1.0, across: tuple[float, float] = (1.0, 1.0)) -> Scene:
    """Other light: darker by gamma and gain, or falling off from left to right."""
    fall = np.linspace(*across, scene.pixels.shape[1])[None, :, None]

    def shine(pixels: Pixels) -> Pixels:
        return np.clip(255 * (pixels / 255.0) ** gamma * gain * fall, 0, 255).astype(np.uint8)

    assert scene.alpha is not None
    assert scene.white is not None
    # Only the person's own colours grow darker in the truth: white is white.
    own = np.where(scene.alpha[..., None] > 0.02, shine(scene.pixels), 255)
    soft = scene.alpha[..., None] * own + (1 - scene.alpha[..., None]) * 255
    return Scene(shine(scene.pixels), scene.marks, scene.alpha, soft.astype(np.uint8))


def trimmed(scene: Scene, box: Box) -> Scene:
    """What lies between left, top, right and bottom of a scene."""
    left, top, right, bottom = box
    return scene.warped(lambda pixels: pixels[top:bottom, left:right].copy(), _shift(-left, -top))
