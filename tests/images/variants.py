"""One real portrait in all the ways phones deliver it, each with what must come out.

The person is cut out of scikit-image's astronaut once, along a hand-drawn outline, so that walls can be changed.
Places are given in base pixels (the 512×512 original); `matrix` leads from there to a variant's upright pixels.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property

import cv2
import numpy as np
import pillow_heif
import skimage.data
from numpy.typing import NDArray
from PIL import Image

from tests.images.pictures import to_bytes

Pixels = NDArray[np.uint8]
Matrix = NDArray[np.float64]

CROWN, CHIN, MIDDLE = 15, 187, 226
TRUE_HEIGHT = (CHIN - CROWN) / 0.6
TRUE_CENTRE = (MIDDLE, CROWN - 0.06 * TRUE_HEIGHT + TRUE_HEIGHT / 2)

_OUTSIDE = "150,100 145,60 165,25 200,10 240,10 280,25 306,70 298,115 285,150 285,170 310,220 345,260 362,290 "
_OUTSIDE += "366,340 400,338 450,345 485,375 500,430 512,440 512,512 15,512 18,400 30,290 70,235 108,205 110,170 "
_OUTSIDE += "160,140 175,140"
_INSIDE = "168,90 168,60 185,38 220,28 255,35 285,62 290,90 275,115 262,140 250,165 262,190 295,230 330,270 "
_INSIDE += "345,320 350,360 420,360 470,380 490,450 490,505 40,505 35,420 50,300 90,240 128,230 125,190 150,165 "
_INSIDE += "195,170 190,140 175,112"
_NECK_GAP = "262,146 300,146 290,182 276,176 264,166"


@dataclass(frozen=True)
class Variant:
    """`warns` are the codes of findings that must be there, `allows` those that may; `rejected` the words."""

    name: str
    draw: Callable[[], tuple[Pixels, Matrix]]
    warns: frozenset[str] = frozenset()
    allows: frozenset[str] = frozenset()
    rejected: str = ""
    whitens: bool | None = None
    keeps_frame: bool = True
    pack: Callable[[Image.Image], bytes] = field(default=lambda image: to_bytes(image, quality=92))

    @cached_property
    def made(self) -> tuple[bytes, Matrix]:
        pixels, matrix = self.draw()
        return self.pack(Image.fromarray(pixels)), matrix

    @property
    def data(self) -> bytes:
        return self.made[0]

    @property
    def matrix(self) -> Matrix:
        return self.made[1]


def base() -> Pixels:
    return skimage.data.astronaut()


@cache
def person_mask() -> Pixels:
    """255 where the person is in the base picture, 0 where the room is."""

    def polygon(text: str) -> NDArray[np.int32]:
        return np.array([[int(number) for number in pair.split(",")] for pair in text.split()], np.int32)

    labels = np.full((512, 512), cv2.GC_BGD, np.uint8)
    inside = cv2.fillPoly(np.zeros((512, 512), np.uint8), [polygon(_INSIDE)], 1)
    cv2.fillPoly(labels, [polygon(_OUTSIDE)], cv2.GC_PR_BGD)
    labels[(cv2.dilate(inside, np.ones((9, 9), np.uint8)) == 1) & (labels != cv2.GC_BGD)] = cv2.GC_PR_FGD
    labels[inside == 1] = cv2.GC_FGD
    cv2.fillPoly(labels, [polygon(_NECK_GAP)], cv2.GC_BGD)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(1)
    cv2.grabCut(base()[..., ::-1].copy(), labels, None, *models, 6, cv2.GC_INIT_WITH_MASK)
    return ((labels & 1) * 255).astype(np.uint8)


@cache
def soft_mask(scale: float) -> NDArray[np.float32]:
    """The mask enlarged, a little shrunk so that nothing of the old wall shows, with a soft edge: 0.0 to 1.0."""
    mask = cv2.erode(person_mask(), np.ones((3, 3), np.uint8))
    side = round(512 * scale)
    mask = cv2.resize(mask, (side, side), interpolation=cv2.INTER_CUBIC)
    return cv2.GaussianBlur(mask, (0, 0), 0.7 * scale)[..., None].astype(np.float32) / 255


def scaled(scale: float, pixels: Pixels | None = None) -> tuple[Pixels, Matrix]:
    side = round(512 * scale)
    source = base() if pixels is None else pixels
    matrix = np.array([[scale, 0, (scale - 1) / 2], [0, scale, (scale - 1) / 2]])
    return cv2.resize(source, (side, side), interpolation=cv2.INTER_CUBIC), matrix


def before(
    wall: Pixels, scale: float = 2.0, place: tuple[int, int] = (0, 0), person: Pixels | None = None
) -> tuple[Pixels, Matrix]:
    """The person before a wall of any size, the base picture's corner at `place` (it may lie outside)."""
    pixels, matrix = scaled(scale, person)
    alpha = soft_mask(scale)
    out = wall.copy()
    x, y = place
    left, top = max(0, x), max(0, y)
    right, bottom = min(wall.shape[1], x + pixels.shape[1]), min(wall.shape[0], y + pixels.shape[0])
    cut = np.s_[top - y : bottom - y, left - x : right - x]
    behind = out[top:bottom, left:right].astype(np.float32)
    out[top:bottom, left:right] = np.clip(behind + alpha[cut] * (pixels[cut] - behind), 0, 255)
    return out, matrix + np.array([[0, 0, x], [0, 0, y]])


def wall(colour: tuple[int, int, int], size: tuple[int, int] = (1024, 1024), noise: float = 3.0) -> Pixels:
    width, height = size
    grain = np.random.default_rng(1).normal(0, noise, (251, 257, 1))
    tile = np.clip(np.array(colour) + grain, 0, 255).astype(np.uint8)
    return np.tile(tile, (height // 251 + 1, width // 257 + 1, 1))[:height, :width].copy()


def gradient_wall() -> Pixels:
    across = np.linspace(-45, 45, 1024)[None, :, None]
    down = np.linspace(-25, 25, 1024)[:, None, None]
    return np.clip(wall((180, 185, 190)).astype(float) + across + down, 0, 255).astype(np.uint8)


def busy_wall() -> Pixels:
    coffee = cv2.resize(skimage.data.coffee(), (1536, 1024))[:, 256:1280]
    hall = cv2.resize(skimage.data.rocket(), (1024, 1024))
    return np.hstack([coffee[:, :512], hall[:, 300:812]])


def brick_wall() -> Pixels:
    brick = cv2.resize(skimage.data.brick(), (1024, 1024))
    return np.dstack([brick, (brick * 0.8).astype(np.uint8), (brick * 0.7).astype(np.uint8)])


def turned(degrees: float) -> tuple[Pixels, Matrix]:
    """The head leaning clockwise by `degrees` before a plain wall."""
    pixels, matrix = before(wall((205, 205, 200), (1400, 1500)), 2.0, (180, 200))
    centre = matrix @ [MIDDLE, 110, 1]
    turn = cv2.getRotationMatrix2D(tuple(centre), -degrees, 1.0)
    out = cv2.warpAffine(pixels, turn, pixels.shape[1::-1], borderMode=cv2.BORDER_REPLICATE)
    return out, turn @ np.vstack([matrix, [0, 0, 1]])


def changed(change: Callable[[NDArray[np.float32]], NDArray[np.float32]]) -> tuple[Pixels, Matrix]:
    pixels, matrix = before(wall((205, 205, 200)))
    return np.clip(change(pixels.astype(np.float32)), 0, 255).astype(np.uint8), matrix


def cut(left: int, top: int, right: int, bottom: int, scale: float = 3.0) -> tuple[Pixels, Matrix]:
    """A part of the base picture, in base pixels."""
    pixels, matrix = scaled(scale)
    box = [round(value * scale) for value in (left, top, right, bottom)]
    return pixels[box[1] : box[3], box[0] : box[2]].copy(), matrix - [[0, 0, box[0]], [0, 0, box[1]]]


def two_people() -> tuple[Pixels, Matrix]:
    room, matrix = before(wall((205, 205, 200), (1900, 1024)), 2.0, (-60, 0))
    return before(room, 1.7, (850, 150))[0], matrix


def painted(paint: Callable[[Pixels], object]) -> tuple[Pixels, Matrix]:
    """The person with something painted on the base picture, before a plain wall."""
    person = base().copy()
    paint(person)
    return before(wall((205, 205, 200)), person=person)


def _glasses(person: Pixels) -> None:
    for eye in ((201, 101), (247, 104)):
        cv2.ellipse(person, eye, (18, 14), 0, 0, 360, (30, 25, 25), 2, cv2.LINE_AA)
    cv2.line(person, (219, 101), (229, 102), (30, 25, 25), 2, cv2.LINE_AA)


def _sunglasses(person: Pixels) -> None:
    for eye in ((201, 101), (247, 104)):
        cv2.ellipse(person, eye, (21, 16), 0, 0, 360, (12, 12, 14), -1, cv2.LINE_AA)
    cv2.line(person, (215, 98), (233, 99), (12, 12, 14), 4, cv2.LINE_AA)


def _headscarf(person: Pixels) -> None:
    face = cv2.ellipse(np.zeros((512, 512), np.uint8), (225, 122), (44, 64), 2, 0, 360, 255, -1)
    scarf = (person_mask() > 0) & (face == 0)
    scarf[200:] = False
    shade = 0.6 + 0.4 * (person.mean(axis=2, keepdims=True) / 160)
    person[scarf] = np.clip(np.array((70, 80, 130)) * shade, 0, 255).astype(np.uint8)[scarf]


def _dark_skin(person: Pixels) -> None:
    head = person[:200].astype(np.float32)
    person[:200] = np.clip(255 * (head / 255) ** 1.7 * np.array((0.62, 0.55, 0.5)), 0, 255)


def _side_light(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    return pixels * np.clip(np.linspace(2.6, -1.3, 1024), 0.25, 1.15)[None, :, None]


def _noise(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    return pixels + np.random.default_rng(2).normal(0, 22, pixels.shape).astype(np.float32)


def _exif(orientation: int) -> Callable[[Image.Image], bytes]:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}

    def pack(image: Image.Image) -> bytes:
        exif = Image.Exif()
        exif[0x0112] = orientation
        return to_bytes(image.transpose(Image.Transpose(undo[orientation])), quality=92, exif=exif)

    return pack


def _packed(kind: str, mode: str = "RGB") -> Callable[[Image.Image], bytes]:
    def pack(image: Image.Image) -> bytes:
        pillow_heif.register_heif_opener()
        return to_bytes(image.convert(mode), kind)

    return pack


def _sideways() -> tuple[Pixels, Matrix]:
    pixels, matrix = before(wall((205, 205, 200)))
    return np.rot90(pixels, -1).copy(), np.array([[0, -1, 1023], [1, 0, 0]]) @ np.vstack([matrix, [0, 0, 1]])


def _plain() -> tuple[Pixels, Matrix]:
    return before(wall((205, 205, 200)))


def _of(*codes: str) -> frozenset[str]:
    return frozenset(codes)


GREY = _of("background")
VARIANTS = (
    Variant("original", lambda: scaled(2.0), GREY, whitens=True),
    Variant("original 512", lambda: scaled(1.0), GREY | {"small"}, whitens=True),
    Variant("plain wall", _plain, GREY, whitens=True),
    Variant("white wall", lambda: before(wall((250, 250, 250))), _of()),
    Variant("sideways by EXIF 6", _plain, GREY, whitens=True, pack=_exif(6)),
    Variant("sideways by EXIF 8", _plain, GREY, whitens=True, pack=_exif(8)),
    Variant("upside down by EXIF 3", _plain, GREY, whitens=True, pack=_exif(3)),
    Variant("mirrored by EXIF 2", _plain, GREY, whitens=True, pack=_exif(2)),
    Variant("mirrored and turned by EXIF 5", _plain, GREY, whitens=True, pack=_exif(5)),
    Variant("mirrored and turned by EXIF 7", _plain, GREY, whitens=True, pack=_exif(7)),
    Variant("sideways without EXIF", _sideways, GREY, whitens=True),
    Variant("tilted 15° right", lambda: turned(15), GREY, whitens=True),
    Variant("tilted 15° left", lambda: turned(-15), GREY, whitens=True),
    Variant("tilted 7° right", lambda: turned(7), GREY, whitens=True),
    Variant(
        "tiny in the frame",
        lambda: before(wall((205, 205, 200), (3000, 4000)), 2.0, (1000, 2976)),
        GREY | {"small"},
        whitens=True,
    ),
    Variant(
        "huge photo of 12 MP", lambda: before(wall((205, 205, 200), (3000, 4000)), 5.5, (100, 1184)), GREY, whitens=True
    ),
    Variant(
        "huge in the frame", lambda: cut(112, 0, 342, 262, 4.0), GREY, _of("head"), whitens=True, keeps_frame=False
    ),
    Variant("dark", lambda: changed(lambda p: 255 * (p / 255) ** 1.4 * 0.28), _of("dark", "background")),
    Variant("bright", lambda: changed(lambda p: p * 1.25 + 30), _of("bright"), _of("background")),
    Variant("overexposed", lambda: changed(lambda p: p * 1.45 + 40), rejected="太亮"),
    Variant("pitch dark", lambda: changed(lambda p: p / 7), rejected="太暗"),
    Variant("a little blurred", lambda: changed(lambda p: cv2.GaussianBlur(p, (0, 0), 4)), _of("blurred"), GREY),
    Variant("blurred", lambda: changed(lambda p: cv2.GaussianBlur(p, (0, 0), 7)), rejected="太模糊"),
    Variant("noisy", lambda: changed(_noise), GREY, whitens=True),
    Variant("side light", lambda: changed(_side_light), _of("uneven"), _of("background", "busy", "dark")),
    Variant("off centre left", lambda: before(wall((205, 205, 200)), 2.0, (-200, 0)), GREY, whitens=True),
    Variant("off centre right", lambda: before(wall((205, 205, 200)), 2.0, (380, 120)), GREY, whitens=True),
    Variant("no room above", lambda: cut(40, 13, 420, 512), GREY, _of("head"), whitens=True),
    Variant("no room at the side", lambda: cut(130, 0, 420, 400), allows=GREY | {"busy", "cut"}, keeps_frame=False),
    Variant("a shoulder cut off", lambda: cut(165, 0, 420, 400), _of("busy", "cut"), keeps_frame=False),
    Variant("top of the head cut", lambda: cut(40, 62, 420, 512), rejected="头顶"),
    Variant("chin cut", lambda: cut(100, 0, 360, 160), rejected="下巴"),
    Variant("two people", two_people, rejected="不止一张"),
    Variant("blue wall", lambda: before(wall((90, 130, 190))), GREY, whitens=True),
    Variant("green wall", lambda: before(wall((120, 165, 130))), GREY, whitens=True),
    Variant("dark wall", lambda: before(wall((60, 62, 70))), GREY, whitens=True),
    Variant("yellow wall", lambda: before(wall((215, 195, 140))), GREY, whitens=True),
    Variant("gradient wall", lambda: before(gradient_wall()), GREY, whitens=True),
    Variant("busy wall", lambda: before(busy_wall()), GREY, whitens=True),
    Variant("brick wall", lambda: before(brick_wall()), GREY, whitens=True),
    Variant("glasses", lambda: painted(_glasses), GREY, whitens=True),
    Variant("sunglasses", lambda: painted(_sunglasses), rejected="没有看清双眼"),
    Variant("headscarf", lambda: painted(_headscarf), GREY, whitens=True),
    Variant("dark skin", lambda: painted(_dark_skin), GREY, _of("dark"), whitens=True),
    Variant("HEIC", _plain, GREY, whitens=True, pack=_packed("HEIF")),
    Variant("CMYK", _plain, GREY, whitens=True, pack=_packed("JPEG", "CMYK")),
    Variant("greyscale", _plain, GREY, whitens=True, pack=_packed("JPEG", "L")),
    Variant("palette PNG", _plain, GREY, whitens=True, pack=_packed("PNG", "P")),
    Variant("a cat", lambda: (cv2.resize(skimage.data.chelsea(), (902, 600)), np.eye(2, 3)), rejected="没有找到"),
    Variant("a cup", lambda: (cv2.resize(skimage.data.coffee(), (1200, 800)), np.eye(2, 3)), rejected="没有找到"),
)
