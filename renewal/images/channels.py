"""Between one value a pixel and three: numpy takes many times as long over an axis of three."""

import cv2
import numpy as np

from renewal.images.arrays import Array

_ONES = np.ones((1, 3), np.float32)


def each_channel(values: Array) -> Array:
    """One value a pixel (height, width) as the same in three channels (height, width, 3)."""
    return np.asarray(cv2.merge((values, values, values)))


def summed(colours: Array) -> Array:
    """The sum of three channels of floats (height, width, 3) for each pixel (height, width)."""
    return np.asarray(cv2.transform(colours, _ONES))


def darkest(colours: Array) -> Array:
    """The least of the three channels of bytes (height, width, 3) for each pixel (height, width)."""
    red, green, blue = cv2.split(colours)
    return np.asarray(cv2.min(cv2.min(red, green), blue))
