"""Faces with their key points, by the learned nets: one look at the whole picture, one at each find, levelled."""

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from renewal.images import warp
from renewal.images.arrays import Array
from renewal.images.detector import NEAR_SIDE, Find, look_far, look_near
from renewal.images.errors import ImageRejected

_POSSIBLE, _SURE = 0.5, 0.5
_SHARE = 0.5  # of the patch that a face is wide in the second look
_MOST = 6
_SECOND_FACE = 0.4  # of the largest; smaller ones are pictures on the wall and passers-by
_ALREADY_LEVEL = 6.0

Point = tuple[float, float]


@dataclass(frozen=True)
class Face:
    """A face in pixels of the picture it was found in, x to the right and y down.

    `x`, `y`, `width` and `height` are the detector's box: from the middle of the forehead to the chin. `eyes` and
    `ears` have the one further left first when the head is upright; `tilt` says by how many degrees the head
    leans clockwise (±90 and 180 in pictures that lie on their side or upside down). `score` is the net's, 0 to 1.
    """

    x: int
    y: int
    width: int
    height: int
    eyes: tuple[Point, Point]
    nose: Point
    mouth: Point
    ears: tuple[Point, Point]
    tilt: float
    score: float

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def aside(self) -> float:
        """How far the nose lies off the middle of the eyes, to the right, in distances of the eyes."""
        (left, right), nose = np.array(self.eyes), np.array(self.nose)
        along = right - left
        return float((nose - (left + right) / 2) @ along / max(float(along @ along), 1e-6))


def find_faces(image: Image.Image) -> tuple[Face, ...]:
    """Faces looking at the camera in an RGB picture, the largest first.

    Leaning heads and pictures that lie on their side are found too.
    """
    pixels = np.asarray(image)
    for turn in (0, 1, 3, 2):
        finds = [find for find in look_far(np.rot90(pixels, turn)) if find.score > _POSSIBLE]
        faces = [face for find in finds[:_MOST] if (face := _refined(pixels, _unturned(find, turn, pixels.shape)))]
        if faces:
            return tuple(sorted(faces, key=lambda face: -face.width))
    return ()


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


def _unturned(find: Find, turn: int, shape: tuple[int, ...]) -> Find:
    """A find in the picture turned by `turn` quarters anticlockwise, in the picture as it is."""
    height, width = shape[:2]
    quarters = {0: ((1, 0, 0), (0, 1, 0)), 1: ((0, -1, width), (1, 0, 0))}
    quarters |= {2: ((-1, 0, width), (0, -1, height)), 3: ((0, 1, 0), (-1, 0, height))}
    back = np.array(quarters[turn], np.float64)
    centre = back @ (*find.box[0], 1)
    return Find(find.score, np.stack((centre, find.box[1])), cv2.transform(find.points[None], back)[0])


def _refined(pixels: Array, find: Find) -> Face | None:
    """Look at a find again, level and at one size, for steadier points; None when there is no face after all."""
    tilt = _lean(find.points)
    for _ in range(2):
        patch, matrix = warp.level(pixels, find.centre, tilt, _SHARE * NEAR_SIDE / find.width, (NEAR_SIDE, NEAR_SIDE))
        near = next((near for near in look_near(patch) if _is_central(near)), None)
        if near is None or near.score < _SURE:
            return None
        lean = _lean(near.points)
        back = cv2.invertAffineTransform(matrix)
        scale = find.width / (_SHARE * NEAR_SIDE)
        points = cv2.transform(near.points[None], back)[0]
        find = Find(near.score, np.stack((back @ (*near.centre, 1), near.box[1] * scale)), points)
        tilt += lean
        if abs(lean) < _ALREADY_LEVEL:
            break
    return _face(find)


def _is_central(find: Find) -> bool:
    middle = NEAR_SIDE / 2
    return bool(np.abs(find.box[0] - middle).max() < 0.2 * NEAR_SIDE)


def _lean(points: Array) -> float:
    across, down = points[1] - points[0]
    return float(np.degrees(np.arctan2(down, across)))


def _face(find: Find) -> Face:
    left, right, nose, mouth, left_ear, right_ear = ((float(x), float(y)) for x, y in find.points)
    x, y = find.box[0] - find.box[1] / 2
    width, height = (round(float(side)) for side in find.box[1])
    tilt = _lean(find.points)
    box = round(float(x)), round(float(y)), width, height
    return Face(*box, (left, right), nose, mouth, (left_ear, right_ear), tilt, find.score)
