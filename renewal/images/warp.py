"""Turning and scaling about a point, and the matrices that lead from picture to cut and back."""

import cv2
import numpy as np

from renewal.images.arrays import Array


def halved(pixels: Array) -> Array:
    """A picture of half the width and height, each pixel the mean of four: by far the cheapest way to reduce."""
    height, width = (side // 2 for side in pixels.shape[:2])
    return cv2.resize(pixels[: 2 * height, : 2 * width], (width, height), interpolation=cv2.INTER_AREA)


def levelling(centre: tuple[float, float], turn: float, scale: float, size: tuple[int, int]) -> Array:
    """The 2×3 matrix that brings `centre` to the middle of `size`, upright and scaled, as `level` does."""
    matrix: Array = cv2.getRotationMatrix2D(centre, turn, scale)
    matrix[:, 2] += np.array(size) / 2 - centre
    return matrix


def level(
    pixels: Array,
    centre: tuple[float, float],
    turn: float,
    scale: float,
    size: tuple[int, int],
    *,
    finely: bool = False,
) -> tuple[Array, Array]:
    """A cut of `size` (width, height) around `centre`, turned upright and scaled, and its 2×3 matrix.

    `turn` is the clockwise lean that is straightened, in degrees; the matrix leads from the picture to the cut.
    Beyond the picture its edge pixels are repeated. `finely` keeps fine lines, for eyes and what measures lines; a net
    sees no difference, and it takes six times as long.
    """
    x, y = centre
    matrix = levelling(centre, turn, scale, size)
    reach = 0.72 * max(size) / scale  # the half diagonal, and some pixels
    left, top = max(0, int(x - reach)), max(0, int(y - reach))
    part = pixels[top : max(top + 1, int(y + reach)), left : max(left + 1, int(x + reach))]
    inner = matrix.copy()
    inner[:, 2] = matrix @ (left, top, 1)
    while scale < 0.6 and min(part.shape[:2]) > 1:  # a warp does not average: fine texture would turn into noise
        part, scale = halved(part), 2 * scale
        inner[:, :2] *= 2
        inner[:, 2] += inner[:, :2] @ (0.25, 0.25)
    how = cv2.INTER_CUBIC if finely else cv2.INTER_LINEAR
    return cv2.warpAffine(part, inner, size, flags=how, borderMode=cv2.BORDER_REPLICATE), matrix


def inside(shape: tuple[int, ...], matrix: Array, size: tuple[int, int]) -> Array:
    """Which pixels of a cut lie in the picture (height and width first in `shape`): booleans, height by width."""
    across, down = np.arange(size[0])[None], np.arange(size[1])[:, None]
    back = cv2.invertAffineTransform(matrix)
    x, y = (row[0] * across + row[1] * down + row[2] for row in back)
    return np.asarray((x >= -0.5) & (y >= -0.5) & (x < shape[1] - 0.5) & (y < shape[0] - 0.5))


def between(matrix: Array, other: Array) -> Array:
    """The 2×3 matrix from the cut made by `matrix` to the cut made by `other`."""
    back = np.vstack((cv2.invertAffineTransform(matrix), (0, 0, 1)))
    return np.asarray(other @ back)
