"""The person told from the wall, on a small level cut around the head."""

from dataclasses import dataclass

import cv2
import numpy as np

from renewal.images import warp
from renewal.images.arrays import Array
from renewal.images.faces import Face

_UNIT = 56  # pixels a face is wide here; all seeds below are in units from between the eyes
_SIZE = (4 * _UNIT + 16, 5 * _UNIT)
_EYES = (_SIZE[0] / 2, 1.95 * _UNIT)
_ROUNDS = 4


@dataclass(frozen=True)
class Outline:
    """`person` and `known` are booleans, height by width: where the person is, and where the picture is.

    `matrix` (2×3) leads from the picture to this cut, in which a face is `unit` pixels wide and the point
    between the eyes lies at `eyes`.
    """

    person: Array
    known: Array
    matrix: Array
    unit: float = _UNIT
    eyes: tuple[float, float] = _EYES


def measure(face: Face) -> tuple[float, float, float]:
    """Between the eyes (x, y) and the width of the face in pixels, steadied by the distance of the eyes.

    The share of 2.4 is what the detector's box measures in eye distances.
    """
    (left_x, left_y), (right_x, right_y) = face.eyes
    apart = float(np.hypot(right_x - left_x, right_y - left_y))
    return (left_x + right_x) / 2, (left_y + right_y) / 2, (face.width + 2 * 2.4 * apart) / 3


def trace(pixels: Array, face: Face) -> Outline:
    """Find the person around a face in RGB pixels (height, width, 3) by GrabCut."""
    x, y, width = measure(face)
    scale = _UNIT / width
    lean = np.radians(face.tilt)
    below = (_SIZE[1] / 2 - _EYES[1]) / scale
    centre = x - below * float(np.sin(lean)), y + below * float(np.cos(lean))
    cut, matrix = warp.level(pixels, centre, face.tilt, scale, _SIZE)
    known = warp.inside(pixels.shape, matrix, _SIZE)
    labels = _seeds(known)
    beside = known & ~_head_and_below()
    if beside.any():
        cut[~known] = np.median(cut[beside], axis=0).astype(np.uint8)
    colours = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(1)  # the same picture must give the same outline every time
    cv2.grabCut(cut, labels, (0, 0, 0, 0), *colours, _ROUNDS, cv2.GC_INIT_WITH_MASK)
    return Outline(_one_piece((labels & 1).astype(np.uint8)) & known, known, matrix)


def _head_and_below() -> Array:
    mask = np.zeros(_SIZE[::-1], np.uint8)
    _ellipse(mask, 0.05, 0.95, 1.2, 1)
    mask[round(_EYES[1] + 0.7 * _UNIT) :] = 1
    return mask > 0


def _seeds(known: Array) -> Array:
    labels = np.full(_SIZE[::-1], cv2.GC_PR_BGD, np.uint8)
    _ellipse(labels, 0.05, 0.85, 1.1, cv2.GC_PR_FGD)
    _polygon(labels, ((0.5, 0.8), (1.35, 1.35), (1.7, 3.5)), cv2.GC_PR_FGD)
    rows, columns = np.indices(labels.shape)
    across, down = abs(columns - _EYES[0]) / _UNIT, (rows - _EYES[1]) / _UNIT
    labels[(down < -1.65) | ((across > 1.45) & (down < 0.5))] = cv2.GC_BGD
    _ellipse(labels, 0.28, 0.36, 0.5, cv2.GC_FGD)
    _polygon(labels, ((0.2, 0.8), (0.3, 1.3), (0.75, 1.9), (0.85, 3.5)), cv2.GC_FGD)
    labels[~known] = cv2.GC_BGD
    return labels


def _ellipse(labels: Array, down: float, across: float, along: float, label: int) -> None:
    centre = round(_EYES[0]), round(_EYES[1] + down * _UNIT)
    cv2.ellipse(labels, centre, (round(across * _UNIT), round(along * _UNIT)), 0, 0, 360, label, -1)


def _polygon(labels: Array, half: tuple[tuple[float, float], ...], label: int) -> None:
    right = [(_EYES[0] + x * _UNIT, _EYES[1] + y * _UNIT) for x, y in half]
    left = [(2 * _EYES[0] - x, y) for x, y in reversed(right)]
    cv2.fillPoly(labels, [np.array(right + left, np.int32)], label)


def _one_piece(person: Array) -> Array:
    """Only what hangs together with the face, without small holes, its edge calmed: booleans."""
    calm = cv2.medianBlur(person, 5)
    _, pieces = cv2.connectedComponents(calm, connectivity=4)
    piece = pieces == pieces[round(_EYES[1]), round(_EYES[0])]
    count, holes, sizes, _ = cv2.connectedComponentsWithStats((~piece).astype(np.uint8), connectivity=4)
    small = [number for number in range(1, count) if sizes[number, cv2.CC_STAT_AREA] < (_UNIT / 3) ** 2]
    return np.asarray(piece | np.isin(holes, small))
