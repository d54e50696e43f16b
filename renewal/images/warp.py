"""Turning and scaling about a point, and the matrices that lead from picture to cut and back."""

import cv2
import numpy as np

from renewal.images.arrays import Array


def levelling(centre: tuple[float, float], turn: float, scale: float, size: tuple[int, int]) -> Array:
    """The 2×3 matrix that brings `centre` to the middle of `size`, upright and scaled, as `level` does."""
    matrix: Array = cv2.getRotationMatrix2D(centre, turn, scale)
    matrix[:, 2] += np.array(size) / 2 - centre
    return matrix


def level(
    pixels: Array, centre: tuple[float, float], turn: float, scale: float, size: tuple[int, int]
) -> tuple[Array, Array]:
    """A cut of `size` (width, height) around `centre`, turned upright and scaled, and its 2×3 matrix.

    `turn` is the clockwise lean that is straightened, in degrees; the matrix leads from the picture to the cut.
    Beyond the picture its edge pixels are repeated.
    """
    x, y = centre
    matrix = levelling(centre, turn, scale, size)
    reach = max(size) / scale
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    part = pixels[top : max(top + 1, int(y + reach)), left : max(left + 1, int(x + reach))]
    inner = matrix.copy()
    inner[:, 2] = matrix @ (left, top, 1)
    if scale < 0.6:  # a warp does not average: reduce first, or fine texture turns into noise
        width, height = part.shape[1], part.shape[0]
        part = cv2.resize(part, None, fx=1.5 * scale, fy=1.5 * scale, interpolation=cv2.INTER_AREA)
        inner[:, 0] *= width / part.shape[1]
        inner[:, 1] *= height / part.shape[0]
    cut = cv2.warpAffine(part, inner, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return cut, matrix


def inside(shape: tuple[int, ...], matrix: Array, size: tuple[int, int]) -> Array:
    """Which pixels of a cut lie in the picture (height and width first in `shape`): booleans, height by width."""
    whole = np.full(shape[:2], 255, np.uint8)
    return cv2.warpAffine(whole, matrix, size, flags=cv2.INTER_NEAREST) > 0


def between(matrix: Array, other: Array) -> Array:
    """The 2×3 matrix from the cut made by `matrix` to the cut made by `other`."""
    back = np.vstack((cv2.invertAffineTransform(matrix), (0, 0, 1)))
    return np.asarray(other @ back)
