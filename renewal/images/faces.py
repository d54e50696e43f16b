"""Faces and their eyes, by the Haar cascades that come with OpenCV.

One cheap look finds most; its finds are weighed, and looked at again at one size, before they count.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

import cv2
import numpy as np
from PIL import Image

from renewal.images import warp
from renewal.images.arrays import Array
from renewal.images.errors import ImageRejected

# Ways to look, cheapest first: longest side in pixels, step of scale, contrast, degrees to turn beforehand.
# The second and later ones are for what the first one misses: glare, dark frames, small or leaning heads, and
# pictures that lie on their side without saying so.
_LOOKS = (
    (320, 1.16, "plain", 0),
    (480, 1.1, "local", 0),
    (480, 1.08, "equal", 0),
    (320, 1.1, "local", 20),
    (320, 1.1, "local", -20),
    (320, 1.14, "plain", 90),
    (320, 1.14, "plain", -90),
    (640, 1.14, "plain", 0),
)
_SURE = 55.9  # the last stage's weight: real faces score 56 and more, chance patterns 54 to 55.5
_POSSIBLE = 54.6
_SECOND_OPINION = 106.8  # the same for the other cascade, asked about what is only possible
_PATCH, _PATCH_FACE = 180, 90  # a found face is looked at again at one size, in pixels
_MOST = 4
_SECOND_FACE = 0.4  # of the largest; smaller ones are pictures on the wall and chance patterns
_ALREADY_LEVEL = 5.0

cv2.setNumThreads(1)  # requests already run side by side; more threads only cost more CPU

_AT_ONCE = threading.BoundedSemaphore(2)
_idle: list["_Cascades"] = []

Point = tuple[float, float]


@dataclass(frozen=True)
class Face:
    """A face in pixels of the picture it was found in, x to the right and y down.

    `eyes` are the centres of both eyes, first the one further left when the head is upright, or empty when
    they were not found; `tilt` says by how many degrees the head leans clockwise (90 in a sideways picture).
    """

    x: int
    y: int
    width: int
    height: int
    eyes: tuple[Point, ...] = ()
    tilt: float = 0.0

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2


class _Cascades:
    """One set of classifiers and its thread's work; OpenCV's are not safe for two threads at once."""

    def __init__(self) -> None:
        self.face = _load("haarcascade_frontalface_alt2.xml")
        self.other_face = _load("haarcascade_frontalface_alt.xml")
        eye, behind_glasses = _load("haarcascade_eye.xml"), _load("haarcascade_eye_tree_eyeglasses.xml")
        self.eyes = ((behind_glasses, 1.0), (behind_glasses, 1.5), (eye, 1.5))


def _load(name: str) -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(str(files("cv2") / "data" / name))


def find_faces(image: Image.Image) -> tuple[Face, ...]:
    """Faces looking at the camera in an RGB picture, the largest first.

    Leaning heads and sideways pictures are found too. OpenCV works without the GIL, on at most two pictures
    at once.
    """
    grey = np.asarray(image.convert("L"))
    with _AT_ONCE:
        cascades = _idle.pop() if _idle else _Cascades()
        try:
            faces = next((found for look in _LOOKS if (found := _look(grey, look, cascades))), [])
        finally:
            _idle.append(cascades)
    return tuple(sorted(faces, key=lambda face: -face.width))


def only_face(image: Image.Image) -> Face:
    """The one face in an RGB picture. Raises ImageRejected when there is none or another as large."""
    faces = find_faces(image)
    if not faces:
        raise ImageRejected(
            "照片里没有找到正面人脸。请正对镜头，摘下墨镜、口罩和帽子，露出整张脸，在光线均匀处重新拍一张。"
        )
    if len(faces) > 1 and faces[1].width > _SECOND_FACE * faces[0].width:
        raise ImageRejected("照片里不止一张脸。请单独拍一张，不要有别人入镜。")
    return faces[0]


def _look(grey: Array, look: tuple[int, float, str, int], cascades: _Cascades) -> list[Face]:
    longest, step, contrast, turn = look
    scale = min(1.0, longest / max(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    turned, back = _turned(_contrasted(small, contrast), turn)
    boxes, _, weights = cascades.face.detectMultiScale3(turned, step, 2, minSize=(20, 20), outputRejectLevels=True)
    faces: list[Face] = []
    for (x, y, width, _), weight in sorted(zip(boxes, weights, strict=True), key=lambda b: -b[1])[:_MOST]:
        if weight < _POSSIBLE:
            continue
        centre = back @ (x + width / 2, y + width / 2, 1) / scale
        face = _refined(grey, (centre[0], centre[1]), width / scale, turn, cascades, weight >= _SURE)
        if face and (face.eyes or (look[0] < 640 and not turn)) and not any(_same(face, other) for other in faces):
            faces.append(face)
    return faces


def _contrasted(grey: Array, contrast: str) -> Array:
    if contrast == "local":
        return cv2.createCLAHE(2.0, (8, 8)).apply(grey)
    return cv2.equalizeHist(grey) if contrast == "equal" else grey


def _turned(grey: Array, degrees: float) -> tuple[Array, Array]:
    """The picture turned so that a head leaning clockwise by `degrees` stands upright, and the matrix back."""
    height, width = grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    if degrees % 180:
        side = max(grey.shape)
        matrix[:, 2] += (side - width) / 2, (side - height) / 2
        width = height = side
    turned = cv2.warpAffine(grey, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE) if degrees else grey
    return turned, cv2.invertAffineTransform(matrix)


def _same(face: Face, other: Face) -> bool:
    (x, y), (other_x, other_y) = face.centre, other.centre
    return max(abs(x - other_x), abs(y - other_y)) < max(face.width, other.width) / 2


def _refined(grey: Array, centre: Point, width: float, tilt: float, cascades: _Cascades, sure: bool) -> Face | None:
    """Look at one find again, at one size and level, for a steadier box and for the eyes."""
    for _ in range(2):
        patch, back = _patch(grey, centre, width, tilt)
        box = _best(cascades.face, patch)
        if not sure and (box is None or _best(cascades.other_face, patch, _SECOND_OPINION) is None):
            return None
        sure = True
        x, y, side = box or ((_PATCH - _PATCH_FACE) / 2, (_PATCH - _PATCH_FACE) / 2, _PATCH_FACE)
        eyes = _eyes(patch, (x, y, side), cascades)
        middle = back @ (x + side / 2, y + side / 2, 1)
        centre, width = (float(middle[0]), float(middle[1])), width * side / _PATCH_FACE
        lean = float(np.degrees(np.arctan2(eyes[1][1] - eyes[0][1], eyes[1][0] - eyes[0][0]))) if eyes else 0.0
        tilt += lean
        if abs(lean) < _ALREADY_LEVEL:
            break
    spots = tuple((float(spot[0]), float(spot[1])) for spot in (back @ (*eye, 1) for eye in eyes))
    left, top, side = round(centre[0] - width / 2), round(centre[1] - width / 2), round(width)
    return Face(left, top, side, side, spots, tilt)


def _patch(grey: Array, centre: Point, width: float, tilt: float) -> tuple[Array, Array]:
    """A square around a face, level and with the face at a known size; and the matrix back to the picture."""
    patch, matrix = warp.level(grey, centre, tilt, _PATCH_FACE / width, (_PATCH, _PATCH))
    return _contrasted(patch, "local"), cv2.invertAffineTransform(matrix)


def _best(cascade: cv2.CascadeClassifier, patch: Array, least: float = 0) -> tuple[float, float, float] | None:
    smallest, largest = round(_PATCH_FACE * 0.75), round(_PATCH_FACE * 1.35)
    boxes, _, weights = cascade.detectMultiScale3(
        patch, 1.05, 3, minSize=(smallest, smallest), maxSize=(largest, largest), outputRejectLevels=True
    )
    ranked = sorted(zip(weights, (tuple(map(float, box[:3])) for box in boxes), strict=True))
    if not ranked or ranked[-1][0] < least:
        return None
    x, y, side = ranked[-1][1]
    return x, y, side


def _eyes(patch: Array, box: tuple[float, float, float], cascades: _Cascades) -> tuple[Point, ...]:
    """Both eyes in the patch: one in each half of the face's upper part, level within 25 degrees, or none."""
    for cascade, zoom in cascades.eyes:
        found = tuple(spot for half in _halves(box) if (spot := _eye(patch, half, cascade, zoom)))
        if len(found) == 2:
            (left, top), (right, bottom) = found
            if 0.28 < (right - left) / box[2] < 0.62 and abs(bottom - top) < 0.47 * (right - left):
                return found
    return ()


def _halves(box: tuple[float, float, float]) -> Iterator[tuple[int, int, int, int]]:
    x, y, side = box
    for left in (x + side * 0.04, x + side * 0.46):
        yield round(left), round(y + side * 0.12), round(side * 0.5), round(side * 0.48)


def _eye(patch: Array, area: tuple[int, int, int, int], cascade: cv2.CascadeClassifier, zoom: float) -> Point | None:
    left, top, width, height = area
    left, top = max(0, left), max(0, top)
    part = cv2.resize(patch[top : top + height, left : left + width], None, fx=zoom, fy=zoom)
    least, most = round(width * zoom / 3), round(width * zoom * 0.75)
    boxes, _, weights = cascade.detectMultiScale3(
        part, 1.06, 2, minSize=(least, least), maxSize=(most, most), outputRejectLevels=True
    )
    if not len(boxes):
        return None
    x, y, w, h = boxes[int(np.argmax(weights))]
    return float(left + (x + w / 2) / zoom), float(top + (y + h / 2) / zoom)
