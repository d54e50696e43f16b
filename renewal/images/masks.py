"""Masks of booleans: grown, and judged by their shape."""

import cv2
import numpy as np

from renewal.images.arrays import Array


def grown(mask: Array, by: int) -> Array:
    """A mask of booleans (height by width) with everything within `by` pixels of it."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * by + 1, 2 * by + 1))
    return np.asarray(cv2.dilate(mask.astype(np.uint8), kernel) > 0)


def opened(values: Array, by: int) -> Array:
    """A mask of booleans or floats without what is thinner than `2 * by + 1` pixels."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * by + 1, 2 * by + 1))
    plain = values.astype(np.uint8) if values.dtype == bool else values
    return np.asarray(cv2.morphologyEx(plain, cv2.MORPH_OPEN, kernel))


def rim(mask: Array) -> Array:
    """The pixels of a mask of booleans that have one outside it beside them."""
    return np.asarray(mask & (cv2.erode(mask.astype(np.uint8), np.ones((3, 3))) == 0))


def piece_at(mask: Array, centre: tuple[float, float], reach: float) -> Array:
    """Of a mask of booleans, the one connected piece that has most pixels within `reach` of `centre` (x, y)."""
    _, pieces = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    x, y = centre
    rows = slice(max(0, round(y - reach)), max(0, round(y + reach)))
    columns = slice(max(0, round(x - reach)), max(0, round(x + reach)))
    near = pieces[rows, columns]
    counts = np.bincount(near[near > 0], minlength=1)
    return np.asarray(pieces == counts.argmax()) & mask if counts.any() else np.zeros_like(mask)


def raggedness(mask: Array, reach: int) -> float:
    """The share of a mask that is thorns and nicks: what opening or closing by `reach` pixels would change."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    padded = np.pad(mask.astype(np.uint8), reach, mode="edge")
    changed = [cv2.morphologyEx(padded, how, kernel) != padded for how in (cv2.MORPH_OPEN, cv2.MORPH_CLOSE)]
    return float((changed[0] | changed[1]).sum()) / max(1, int(mask.sum()))


def largest_share(mask: Array) -> float:
    """How much of a mask its largest connected piece is: 1.0 when it hangs together."""
    _, _, sizes, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    pieces = sizes[1:, cv2.CC_STAT_AREA]
    return float(pieces.max() / pieces.sum()) if len(pieces) else 0.0
