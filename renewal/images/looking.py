"""Faces found by the learned nets: one look at the whole picture, two at each find, levelled."""

from collections.abc import Iterator

import cv2
import numpy as np
from PIL import Image

from renewal.images import warp
from renewal.images.arrays import Array
from renewal.images.detector import NEAR_SIDE, Find, look_far, look_near, moved
from renewal.images.face import Face, Point, lean_of

_SHARE = 0.5  # of the patch that a face is wide in the near look
_MOST = 6
_ALREADY_LEVEL = 6.0  # degrees
# Means of the far and the near score, swept as told in `covering`: open faces have 0.66 and more, drawn faces 0.61
# to 0.86, patterns and animals at most 0.63 upright and 0.69 turned. The more looks, the surer a face has to be.
_FACE, _SMALL_FACE, _TURNED_FACE = 0.65, 0.68, 0.72
_DOUBTFUL, _SURE = 0.72, 0.78  # below the first a face is looked at nearer, below the second turned ones are compared


def find_faces(image: Image.Image | Array) -> tuple[Face, ...]:
    """Faces in an RGB picture or its pixels, the largest first; covered ones too.

    Leaning heads, small ones, and pictures that lie on their side are found too, at the cost of more looks.
    """
    pixels = np.asarray(image)
    found: list[Face] = []
    for turn in (0, 1, 3, 2):
        faces = _look(pixels, turn)
        if _best(faces) > _best(found) + (0.1 if found else 0):
            found = faces
        if _best(found) >= _SURE:
            break
    found = found or _search(pixels)
    return tuple(sorted(found, key=lambda face: -face.width))


def _best(faces: list[Face]) -> float:
    return max((face.score for face in faces), default=0.0)


def _look(pixels: Array, turn: int) -> list[Face]:
    """Faces in the picture turned by quarters anticlockwise; doubtful ones may be small and are looked at nearer."""
    finds = [_unturned(find, turn, pixels.shape) for find in look_far(np.rot90(pixels, turn))[:_MOST]]
    faces: list[Face] = []
    for find in finds:
        face = _refined(pixels, find, _TURNED_FACE if turn else _FACE)
        faces += [face] if face else []
        if not turn and (face is None or face.score < _DOUBTFUL):
            faces += _within(pixels, find.centre, 3 * find.width)
    return _distinct(faces)


def _search(pixels: Array) -> list[Face]:
    """Faces too small for a look at the whole picture, in five overlapping parts of it."""
    height, width = pixels.shape[:2]
    reach = 0.3 * max(height, width)
    spots = [(x * width, y * height) for x, y in ((0.5, 0.5), (0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))]
    return _distinct([face for spot in spots for face in _within(pixels, spot, reach)])


def _within(pixels: Array, centre: Point, reach: float) -> Iterator[Face]:
    left, top, right, bottom = (int(max(0, v)) for v in (*np.subtract(centre, reach), *np.add(centre, reach)))
    part = pixels[top : bottom + 1, left : right + 1]
    for find in look_far(part)[:_MOST] if part.size else ():
        face = _refined(pixels, moved(find, np.array((-left, -top)), 1.0), _SMALL_FACE)
        if face:
            yield face


def _distinct(faces: list[Face]) -> list[Face]:
    kept: list[Face] = []
    for face in sorted(faces, key=lambda face: -face.score):
        if all(np.abs(np.subtract(face.centre, other.centre)).max() > 0.5 * other.width for other in kept):
            kept.append(face)
    return kept


def _unturned(find: Find, turn: int, shape: tuple[int, ...]) -> Find:
    """A find in the picture turned by `turn` quarters anticlockwise, in the picture as it is."""
    height, width = shape[:2]
    back = np.array(
        {
            0: ((1, 0, 0), (0, 1, 0)),
            1: ((0, -1, width), (1, 0, 0)),
            2: ((-1, 0, width), (0, -1, height)),
            3: ((0, 1, 0), (-1, 0, height)),
        }[turn],
        np.float64,
    )
    centre = back @ (*find.centre, 1)
    return Find(find.score, np.stack((centre, find.box[1])), cv2.transform(find.points[None], back)[0])


def _refined(pixels: Array, far: Find, least: float) -> Face | None:
    """Look at a find again, level and at one size; None when both looks together are less sure than `least`."""
    near = _nearer(pixels, far)
    if near and abs(lean_of(near.points) - lean_of(far.points)) > _ALREADY_LEVEL:
        near = _nearer(pixels, near)
    if near is None or (far.score + near.score) / 2 < least:
        return None
    return _face(near, (far.score + near.score) / 2)


def _nearer(pixels: Array, find: Find) -> Find | None:
    """The find as the near net sees it, in a level patch and its mirror image: their mean leans to neither side."""
    scale = _SHARE * NEAR_SIDE / find.width
    patch, matrix = warp.level(pixels, find.centre, lean_of(find.points), scale, (NEAR_SIDE, NEAR_SIDE))
    one, other = _central(patch), _central(np.ascontiguousarray(patch[:, ::-1]))
    if one is None or other is None:
        return None
    other = other.mirrored(NEAR_SIDE)
    centre, side = (one.box + other.box) / 2
    back = cv2.invertAffineTransform(matrix)
    points = cv2.transform((one.points + other.points)[None] / 2, back)[0]
    return Find((one.score + other.score) / 2, np.stack((back @ (*centre, 1), side / scale)), points)


def _central(patch: Array) -> Find | None:
    return next((find for find in look_near(patch) if _is_central(find)), None)


def _is_central(find: Find) -> bool:
    middle = NEAR_SIDE / 2
    return bool(np.abs(find.box[0] - middle).max() < 0.2 * NEAR_SIDE)


def _face(find: Find, score: float) -> Face:
    lean = lean_of(find.points)
    down = find.box[1, 1] / 2 * np.array((-np.sin(np.radians(lean)), np.cos(np.radians(lean))))
    box = np.stack((find.box[0] - find.box[1] / 2, find.box[1]))
    return Face.of(box, np.stack((*find.points, find.box[0] + down)), lean, score)
