"""What the two face nets say about a picture: boxes and six key points, decoded as MediaPipe describes them.

Both nets give a score and sixteen numbers for each anchor: a box and six points, as shares of the input's side
counted from the anchor. Anchors that see the same face are averaged by their scores.
"""

from typing import NamedTuple

import cv2
import numpy as np

from renewal.images.arrays import Array
from renewal.images.models import FACE_NEAR, FACES, Model
from renewal.images.warp import halved

_OVERLAP = 0.3  # of two boxes, from which on they are the same face
_LEAST = 0.25


class Find(NamedTuple):
    """One face: `box` is its centre and size, `points` are two eyes, nose, mouth and two ears: x, y in pixels."""

    score: float
    box: Array
    points: Array

    @property
    def width(self) -> float:
        return float(self.box[1, 0])

    @property
    def centre(self) -> tuple[float, float]:
        return float(self.box[0, 0]), float(self.box[0, 1])

    def mirrored(self, side: float) -> "Find":
        """The same in the mirror image of a picture `side` pixels wide: left and right change places."""
        box, points = self.box.copy(), self.points[[1, 0, 2, 3, 5, 4]]
        box[0, 0], points[:, 0] = side - box[0, 0], side - points[:, 0]
        return Find(self.score, box, points)


def _grid(cells: int, each: int) -> Array:
    middles = (np.arange(cells) + 0.5) / cells
    across, down = np.meshgrid(middles, middles)
    return np.repeat(np.stack((across.ravel(), down.ravel()), 1), each, 0)


# The side of the input in pixels, and the middles of the anchors as shares of it.
_FAR = (FACES, 192, _grid(48, 1))
_NEAR = (FACE_NEAR, 128, np.concatenate((_grid(16, 2), _grid(8, 6))))
NEAR_SIDE = _NEAR[1]


def look_far(pixels: Array) -> list[Find]:
    """Faces in RGB pixels (height, width, 3) of any size, by the full-range net, the surest first."""
    model, side, anchors = _FAR
    height, width = pixels.shape[:2]
    scale = side / max(height, width)
    while max(pixels.shape) >= 3 * side and min(pixels.shape[:2]) > 1:
        pixels = halved(pixels)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    offset = np.array(((side - size[0]) // 2, (side - size[1]) // 2))
    square = np.full((side, side, 3), 127, np.uint8)
    square[offset[1] : offset[1] + size[1], offset[0] : offset[0] + size[0]] = small
    return [moved(find, offset, scale) for find in _ask(model, square, anchors)]


def look_near(patch: Array) -> list[Find]:
    """Faces in an RGB patch of NEAR_SIDE pixels square, by the short-range net, the surest first."""
    model, _, anchors = _NEAR
    return _ask(model, patch, anchors)


def moved(find: Find, offset: Array, scale: float) -> Find:
    """A find in a picture that was scaled and then set at an offset, in the picture before that."""
    box = np.stack(((find.box[0] - offset) / scale, find.box[1] / scale))
    return Find(find.score, box, (find.points - offset) / scale)


def _ask(model: Model, square: Array, anchors: Array) -> list[Find]:
    blob = cv2.dnn.blobFromImage(square, 1 / 127.5, mean=(127.5, 127.5, 127.5))
    logits, numbers = sorted(model.ask(blob), key=lambda output: output.shape[-1])
    logits, numbers = logits.reshape(-1), numbers.reshape(-1, 8, 2)
    seen = np.flatnonzero(logits > np.log(_LEAST / (1 - _LEAST)))
    scores = 1 / (1 + np.exp(-np.clip(logits[seen], -50, 50)))
    places = numbers[seen] / square.shape[0]
    places[:, [0, *range(2, 8)]] += anchors[seen][:, None]
    return _merged(scores, places * square.shape[0])


def _merged(scores: Array, places: Array) -> list[Find]:
    finds, left = [], np.argsort(-scores)
    while left.size:
        same = _overlaps(places[left[0]], places[left]) > _OVERLAP
        same[0] = True
        mean = np.average(places[left[same]], axis=0, weights=scores[left[same]])
        finds.append(Find(float(scores[left[0]]), mean[:2], mean[2:]))
        left = left[~same]
    return finds


def _overlaps(one: Array, others: Array) -> Array:
    """Shared area over joint area of one box with others."""
    low = np.maximum(one[0] - one[1] / 2, others[:, 0] - others[:, 1] / 2)
    high = np.minimum(one[0] + one[1] / 2, others[:, 0] + others[:, 1] / 2)
    shared = np.maximum(high - low, 0).prod(axis=1)
    return np.asarray(shared / np.maximum(one[1].prod() + others[:, 1].prod(axis=1) - shared, 1e-6))
