"""Hair against a wall: how much of each pixel is the person, and the photo with the wall made white."""

from dataclasses import dataclass

import cv2
import numpy as np

from renewal.images.arrays import Array
from renewal.images.masks import grown

_INSIDE, _OUTSIDE = 3, 6  # pixels either side of the rough outline in which the true edge is looked for
_FAINT = 12.0  # person and wall closer than this in colour: the edge cannot be seen, the rough outline stands


@dataclass(frozen=True)
class Matte:
    """Of one 413×295 photo: `alpha` (0.0 wall to 1.0 person), `wall` its smooth colour everywhere (RGB floats).

    `bare` says which pixels surely are wall, `rough` the standard deviation of the wall's texture, `contrast`
    how far the person stands out from it along the edge, both in steps of 0 to 255.
    """

    alpha: Array
    wall: Array
    bare: Array
    rough: float
    contrast: float


def cut_out(photo: Array, person: Array, known: Array) -> Matte:
    """Find the edge of `person` (booleans) in RGB pixels; `known` says which pixels the camera really saw."""
    colours = photo.astype(np.float32)
    outer, inner = grown(person, _OUTSIDE), ~grown(~person, _INSIDE)
    bare = ~outer & known
    wall = spread(colours, bare if bare.any() else ~person)
    body = spread(colours, inner & known, 5.0)
    difference = body - wall
    distance = np.maximum((difference**2).sum(axis=2), 1.0)
    seen = np.clip(((colours - wall) * difference).sum(axis=2) / distance, 0, 1)
    soft = cv2.GaussianBlur(person.astype(np.float32), (0, 0), 1.5)
    trust = np.clip(np.sqrt(distance) / _FAINT - 1, 0, 1)
    alpha = _guided(colours, seen * trust + soft * (1 - trust))
    alpha = np.where(inner, 1, np.where(outer, np.clip((alpha - 0.08) / 0.84, 0, 1), 0))
    edge = outer & ~inner & known
    contrast = float(np.median(np.sqrt(distance[edge]))) if edge.any() else 0.0
    return Matte(alpha, wall, bare, _roughness(colours, wall, bare), contrast)


def whiten(photo: Array, matte: Matte) -> Array:
    """The photo (RGB bytes) with white where the wall was; edge pixels lose the wall's colour, not their own."""
    alpha = matte.alpha[..., None]
    own = (photo - (1 - alpha) * matte.wall) / np.maximum(alpha, 0.2)
    white: Array = alpha * np.clip(own, 0, 255) + (1 - alpha) * 255
    return white.round().astype(np.uint8)


def spread(colours: Array, where: Array, reach: float = 12.0) -> Array:
    """The colours of some pixels carried smoothly to all others, near ones first (`reach` in pixels)."""
    filled = np.zeros_like(colours)
    missing = np.ones(where.shape, np.float32)
    weight = where.astype(np.float32)
    for sigma in (reach, reach * 4, reach * 16):
        step = max(1, round(sigma / 4))  # a wide blur needs few pixels
        size = (max(4, where.shape[1] // step), max(4, where.shape[0] // step))
        small = cv2.resize(colours * weight[..., None], size, interpolation=cv2.INTER_AREA)
        share = cv2.resize(weight, size, interpolation=cv2.INTER_AREA)
        small, share = (cv2.GaussianBlur(part, (0, 0), sigma / step) for part in (small, share))
        near = cv2.resize(share, where.shape[::-1])
        colour = cv2.resize(small / np.maximum(share, 1e-4)[..., None], where.shape[::-1])
        part = missing * np.clip(near * 20, 0, 1)
        filled += colour * part[..., None]
        missing -= part
    mean = colours[where].mean(axis=0) if where.any() else np.float32(255)
    return np.asarray(filled + missing[..., None] * mean)


def _guided(colours: Array, alpha: Array, radius: int = 5, smooth: float = 60.0) -> Array:
    """He's guided filter: alpha smoothed along, never across, the edges of the picture's brightness."""
    guide = cv2.cvtColor(colours.astype(np.float32), cv2.COLOR_RGB2GRAY)
    alpha = alpha.astype(np.float32)
    size = (2 * radius + 1, 2 * radius + 1)
    guide_mean, alpha_mean = cv2.blur(guide, size), cv2.blur(alpha, size)
    slope = (cv2.blur(guide * alpha, size) - guide_mean * alpha_mean) / (
        cv2.blur(guide * guide, size) - guide_mean**2 + smooth
    )
    offset = alpha_mean - slope * guide_mean
    return np.asarray(cv2.blur(slope, size) * guide + cv2.blur(offset, size))


def _roughness(colours: Array, wall: Array, bare: Array) -> float:
    if not bare.any():
        return 0.0
    calm = cv2.GaussianBlur(colours, (0, 0), 1.5)  # the grain of a cheap camera is no pattern
    return float(np.sqrt(((calm - wall)[bare] ** 2).mean()))
