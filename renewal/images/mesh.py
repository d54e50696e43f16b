"""Eyes and chin by the net that lays a mesh of 468 points over a face: it sees how a half-turned head leans, too.

It takes a level patch half as wide again as the face. As MediaPipe does it with a film, the first look is at the
detector's box, the next ones at the square about the mesh of the first.
"""

from dataclasses import replace
from typing import NamedTuple

import cv2
import numpy as np

from renewal.images import warp
from renewal.images.arrays import Array
from renewal.images.face import Face, Point, lean_of
from renewal.images.models import MESH

_SIDE, _REACH = 192, 1.5  # pixels of the patch, and its width in widths of the face
_EYES = ((33, 133, 159, 145), (362, 263, 386, 374))  # corners and lids, the eye further left first
_CHIN = 152


class Mesh(NamedTuple):
    """`presence` is the net's logit that there is a face, higher when it is open; `points` are 468 by two, in pixels
    of the picture.
    """

    presence: float
    points: Array

    @property
    def eyes(self) -> Array:
        """The middles of both eyes, two by two, the one further left first when the head is upright."""
        return np.array([self.points[list(eye)].mean(axis=0) for eye in _EYES])


def measured(pixels: Array, face: Face) -> tuple[Face, float]:
    """A face in RGB pixels with its eyes, lean and chin measured, and how present it is."""
    first = _look(pixels, face.centre, face.tilt, face.width)
    place = _square(first)
    one, mirrored = _look(pixels, *place), _look(pixels, *place, mirrored=True)
    eyes = (one.eyes + mirrored.eyes[::-1]) / 2  # their mean leans to neither side
    left, right, chin = ((float(x), float(y)) for x, y in (*eyes, (one.points[_CHIN] + mirrored.points[_CHIN]) / 2))
    found = replace(face, eyes=(left, right), chin=chin, tilt=lean_of(eyes))
    return found, (one.presence + mirrored.presence) / 2


def _square(mesh: Mesh) -> tuple[Point, float, float]:
    """The square about a mesh, level with its eyes: centre, lean and side."""
    lean = lean_of(mesh.eyes)
    turn = cv2.getRotationMatrix2D((0, 0), lean, 1.0)
    level = cv2.transform(mesh.points[None], turn)[0]
    low, high = level.min(axis=0), level.max(axis=0)
    x, y = turn[:, :2].T @ (low + high) / 2
    return (float(x), float(y)), lean, float((high - low).max())


def _look(pixels: Array, centre: Point, lean: float, width: float, *, mirrored: bool = False) -> Mesh:
    patch, matrix = warp.level(pixels, centre, lean, _SIDE / (_REACH * width), (_SIDE, _SIDE))
    if mirrored:
        patch = np.ascontiguousarray(patch[:, ::-1])
    presence, numbers = sorted(MESH.ask(cv2.dnn.blobFromImage(patch, 1 / 255)), key=lambda output: output.size)
    points = numbers.reshape(-1, 3)[:, :2].astype(np.float64)
    if mirrored:
        points[:, 0] = _SIDE - points[:, 0]
    return Mesh(float(presence.item()), cv2.transform(points[None], cv2.invertAffineTransform(matrix))[0])
