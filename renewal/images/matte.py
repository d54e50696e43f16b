"""Hair against anything behind it: how much of each pixel is the person, and the photo with white behind.

The edge is drawn by He's guided filter (box filters, colour guide); the person's own colours at the edge by
blur fusion (Forte 2021, “Approximate fast foreground colour estimation”).
"""

from dataclasses import dataclass

import cv2
import numpy as np

from renewal.images.arrays import Array
from renewal.images.channels import each_channel, summed
from renewal.images.masks import grown
from renewal.images.warp import halved

_WINDOW, _SMOOTH = 5, 20 / 255**2  # pixels at half the size, and the square of a step of colour that is no edge
_LEAST, _SURE = 0.5, 0.75  # a hair too few is not seen on a small photo; a halo is
_FAINT, _FULL = 0.15, 0.9  # what the filter leaves of a haze, and of holes
_DEEP = 1  # pixels inside the sure person, the filter has no say: dark hair on a dark wall is lost to it
_STRAND = 2  # pixels beyond the likely person in which the filter may find hair and not the wall's pattern
_FAR, _NEAR = 61, 7  # pixels over which the two rounds of blur fusion look


@dataclass(frozen=True)
class Matte:
    """Of one 413×295 photo: `alpha` (0.0 background to 1.0 person); `bare` says which pixels are surely background."""

    alpha: Array
    bare: Array


def cut_out(photo: Array, sure: Array, known: Array) -> Matte:
    """Find the edge in RGB pixels from how surely each is the person (0.0 to 1.0); `known` are those the camera saw."""
    rough = np.clip((sure - _LEAST) / (_SURE - _LEAST), 0, 1).astype(np.float32)
    drawn = np.where(grown(rough > 0.05, _STRAND), _guided(photo.astype(np.float32) / 255, rough), 0)
    core = cv2.GaussianBlur((~grown(sure < _SURE, _DEEP)).astype(np.float32), (0, 0), 1.0)
    alpha = np.maximum(np.clip((drawn - _FAINT) / (_FULL - _FAINT), 0, 1), core)
    return Matte(alpha, known & ~grown(alpha > 0.03, 6))


def whiten(photo: Array, matte: Matte) -> Array:
    """The photo (RGB bytes) with white behind the person; edge pixels lose the background's colour."""
    colours, alpha = photo.astype(np.float32), each_channel(matte.alpha)
    fore, back = _fused(colours, colours, colours, alpha, _FAR)
    fore, _ = _fused(colours, fore, back, alpha, _NEAR)
    inner = spread(colours, ~grown(matte.alpha < 0.97, 1), 3.0)
    trust = alpha**2  # of a pixel that is mostly background little is known: its neighbours say more
    own = trust * fore + (1 - trust) * inner
    white: Array = alpha * own + (1 - alpha) * 255
    return np.clip(white, 0, 255).round().astype(np.uint8)


def spread(colours: Array, where: Array, reach: float = 12.0) -> Array:
    """The colours of some pixels carried smoothly to all others, near ones first (`reach` in pixels)."""
    weight = each_channel(where.astype(np.float32))
    small, share = halved(colours * weight), halved(weight)  # what is blurred anyway needs few pixels
    filled, missing = np.zeros_like(small), np.ones_like(share)
    for sigma in (reach / 2, reach * 2, reach * 8):
        near = _blurred(share, sigma)
        part = missing * np.minimum(near * 20, 1)
        filled += _blurred(small, sigma) * (part / np.maximum(near, 1e-4))
        missing -= part
    mean = np.array(cv2.mean(colours, where.astype(np.uint8))[:3] if where.any() else (255, 255, 255), np.float32)
    return cv2.resize(filled + missing * mean, where.shape[::-1])


def _blurred(values: Array, sigma: float) -> Array:
    step = max(1, round(sigma / 2))
    size = max(4, values.shape[1] // step), max(4, values.shape[0] // step)
    small = cv2.GaussianBlur(cv2.resize(values, size, interpolation=cv2.INTER_AREA), (0, 0), sigma / step)
    return cv2.resize(small, values.shape[1::-1])


def _fused(colours: Array, fore: Array, back: Array, alpha: Array, side: int) -> tuple[Array, Array]:
    """One round of blur fusion: the colours of the person and, blurred, of what is behind."""
    near, behind = _about(fore, alpha, side), _about(back, 1 - alpha, side)
    own = near + alpha * (colours - alpha * near - (1 - alpha) * behind)
    return np.clip(own, 0, 255), behind


def _about(colours: Array, weight: Array, side: int) -> Array:
    """The mean colour within `side` pixels by weight; a wide one is blurred so much that it needs few pixels."""
    sums, share = colours * weight, weight
    while side > 15:
        sums, share, side = halved(sums), halved(share), side // 2
    sums, share = (cv2.blur(part, (side | 1, side | 1)) for part in (sums, share))
    return np.asarray(cv2.resize(sums / (share + 1e-5), colours.shape[1::-1]))


def _guided(guide: Array, alpha: Array) -> Array:
    """Alpha smoothed along, never across, the edges of an RGB picture (floats 0.0 to 1.0).

    The filter's own lines are found at half the size (He's fast guided filter): they change slowly.
    """
    size = (guide.shape[1], guide.shape[0])
    slope, offset = (cv2.resize(_mean(part), size) for part in _lines(halved(guide), halved(alpha)))
    return summed(slope * guide) + offset


def _lines(guide: Array, alpha: Array) -> tuple[Array, Array]:
    """The slope (height, width, 3) and offset that make alpha out of the guide's colours around each pixel."""
    middle, level = _mean(guide), _mean(alpha)
    channels, means = cv2.split(guide), cv2.split(middle)
    rr, rg, rb, gg, gb, bb = (
        _mean(channels[i] * channels[j]) - means[i] * means[j] + (_SMOOTH if i == j else 0)
        for i in range(3)
        for j in range(i, 3)
    )
    first = (gg * bb - gb * gb, gb * rb - rg * bb, rg * gb - gg * rb)  # cofactors of the symmetric matrix
    rest = (rr * bb - rb * rb, rb * rg - rr * gb, rr * gg - rg * rg)
    rows = (first, (first[1], rest[0], rest[1]), (first[2], rest[1], rest[2]))
    determinant = np.maximum(rr * first[0] + rg * first[1] + rb * first[2], 1e-15)
    shared = [_mean(channel * alpha) - mean * level for channel, mean in zip(channels, means, strict=True)]
    slope = np.dstack([sum(a * b for a, b in zip(row, shared, strict=True)) / determinant for row in rows])
    return slope, level - summed(slope * middle)


def _mean(values: Array) -> Array:
    return cv2.blur(values, (_WINDOW, _WINDOW))
