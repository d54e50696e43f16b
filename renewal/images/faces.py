import threading
from dataclasses import dataclass
from importlib.resources import files
from math import atan2, degrees

import cv2
import numpy as np
from cv2.typing import MatLike
from PIL import Image

_LONGEST = 640
_AT_ONCE = threading.BoundedSemaphore(2)
_idle: list["_Cascades"] = []


@dataclass(frozen=True)
class Face:
    """A face in pixels of the picture it was found in, x to the right and y down.

    `eyes` are the centres of both eyes, the left one of the picture first, or empty when they were not found.
    """

    x: int
    y: int
    width: int
    height: int
    eyes: tuple[tuple[float, float], ...] = ()

    @property
    def tilt(self) -> float:
        """Degrees by which the head leans clockwise in the picture; 0.0 when the eyes were not found."""
        if len(self.eyes) != 2:
            return 0.0
        (left_x, left_y), (right_x, right_y) = self.eyes
        return degrees(atan2(right_y - left_y, right_x - left_x))


class _Cascades:
    """One set of classifiers; a set serves one thread at a time."""

    def __init__(self) -> None:
        folder = files("cv2") / "data"
        self.face = cv2.CascadeClassifier(str(folder / "haarcascade_frontalface_alt2.xml"))
        self.eye = cv2.CascadeClassifier(str(folder / "haarcascade_eye_tree_eyeglasses.xml"))


def find_faces(image: Image.Image) -> tuple[Face, ...]:
    """Faces looking at the camera in an upright RGB picture, the largest first.

    OpenCV works without the GIL, on at most two pictures at once.
    """
    scale = min(1.0, _LONGEST / max(image.size))
    small = image.resize((round(image.width * scale), round(image.height * scale))) if scale < 1 else image
    grey = cv2.equalizeHist(np.asarray(small.convert("L")))
    with _AT_ONCE:
        cascades = _idle.pop() if _idle else _Cascades()
        try:
            found = [_face(box, grey, cascades, 1 / scale) for box in _boxes(grey, cascades)]
        finally:
            _idle.append(cascades)
    return tuple(sorted(found, key=lambda face: -face.width))


def _boxes(grey: MatLike, cascades: _Cascades) -> list[tuple[int, int, int, int]]:
    least = max(24, min(grey.shape) // 12)
    boxes = cascades.face.detectMultiScale(grey, 1.1, 4, minSize=(least, least))
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h in boxes]


def _face(box: tuple[int, int, int, int], grey: MatLike, cascades: _Cascades, scale: float) -> Face:
    x, y, width, height = box
    upper = grey[y + height // 6 : y + height * 6 // 10, x : x + width]
    least = max(8, width // 8)
    spots = [
        (x + ex + ew / 2, y + height // 6 + ey + eh / 2)
        for ex, ey, ew, eh in cascades.eye.detectMultiScale(upper, 1.05, 3, minSize=(least, least))
    ]
    left = [spot for spot in spots if spot[0] < x + width * 0.5]
    right = [spot for spot in spots if spot[0] >= x + width * 0.5]
    eyes = (left[0], right[0]) if len(left) == len(right) == 1 else ()
    return Face(
        round(x * scale),
        round(y * scale),
        round(width * scale),
        round(height * scale),
        tuple((float(ex * scale), float(ey * scale)) for ex, ey in eyes),
    )
