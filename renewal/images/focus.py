"""Whether somebody out of focus stands right behind the applicant and was taken for a part of them."""

import cv2
import numpy as np

from renewal.images.arrays import Array
from renewal.images.channels import each_channel, summed
from renewal.images.masks import rim
from renewal.images.warp import halved

_NEAR, _BESIDE = 11, 19  # pixels across an edge: where its sharpest step is sought, and where the colours are compared
_CONTRAST = 18.0  # between person and background, below which an edge says nothing about focus
# The sharpest step as a share of the contrast: 0.2 to 0.6 along an edge in focus, 0.1 to 0.17 far out of it.
_SOFT, _SOFTER = 0.18, 0.5  # the most for a soft edge, and also as a share of what is usual in this photo
_MARGIN = 6  # pixels along the photo's end


def soft_edge(photo: Array, person: Array, known: Array) -> int:
    """How many pixels of a person's outline are far softer than the rest of it.

    `photo` is RGB bytes, `person` the mask of booleans, `known` are the pixels that the camera saw.
    """
    colours, inner = photo.astype(np.float32), person.astype(np.float32)
    contrast = np.sqrt(_squares(_beside(colours, inner) - _beside(colours, 1 - inner)))
    outline = rim(person) & (contrast > _CONTRAST)
    outline &= cv2.erode(known.astype(np.uint8), np.ones((_BESIDE, _BESIDE)), borderValue=1) > 0
    within = np.zeros_like(person)
    within[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN] = True
    steps = (_steps(colours) / np.maximum(contrast, 1))[outline & within]
    return int((steps < min(_SOFT, _SOFTER * float(np.median(steps)))).sum()) if steps.size else 0


def _beside(colours: Array, side: Array) -> Array:
    """The mean colour near each pixel on one side of the edge, without the edge itself."""
    side = cv2.erode(side, np.ones((5, 5)))
    weight, near = each_channel(side), (_BESIDE // 2, _BESIDE // 2)
    sums, share = halved(colours * weight), halved(weight)  # what is blurred anyway needs few pixels
    mean = cv2.blur(sums, near) / np.maximum(cv2.blur(share, near), 1e-3)
    return np.asarray(cv2.resize(mean, side.shape[::-1]))


def _steps(colours: Array) -> Array:
    """The sharpest step of colour from one pixel to the next, near each pixel."""
    calm = cv2.GaussianBlur(colours, (0, 0), 0.8)
    along = [cv2.Sobel(calm, -1, *order, ksize=3) / 8 for order in ((1, 0), (0, 1))]
    return np.asarray(cv2.dilate(np.sqrt(_squares(along[0]) + _squares(along[1])), np.ones((_NEAR, _NEAR))))


def _squares(colours: Array) -> Array:
    """The square of each pixel's length."""
    return summed(colours * colours)
