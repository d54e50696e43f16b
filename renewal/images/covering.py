"""What hides eyes or mouth and the nets do not mind: dark glasses, fingers, a mask under the nose.

All is measured on one level cut, in distances of the eyes from the point between them, so that size, lean and
light of the picture do not matter. Closed eyes and clear lenses with a reflection cannot be told this way.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from renewal.images import warp
from renewal.images.arrays import Array

_APART = 40  # pixels between the eyes in the cut
_SIZE = (144, 176)
_GAP = 11  # pixels: dark features narrower than this are eyes, nostrils and the line of the mouth

# Swept over 26 people in 34 ways (turned, lit from a side, dark, bright, grey, blurred, JPEG 12, glasses, beards,
# headscarves; 877 pictures) and over 16 ways to cover them (410). Eyes: 75th percentile of brightness beside the
# cheek's 0.68 and more when open, 0.33 and less behind black lenses, to 0.50 behind half-clear ones; lines 0.22
# and more against 0.20 and less. Mouths: lines of open ones are a quarter as strong as the eyes' and more. Eyes and
# mouths lie across: 99 of 100 have 0.55 and 1.0 times as strong edges that way as upright, fingers and strands of
# hair 0.2 and 0.4.
_DARK_LENS, _NO_EYES, _NO_EYE = 0.55, 0.19, 0.09
_NO_MOUTH, _MASK_BELOW_NOSE = 0.16, 28.0
_UPRIGHT_EYE, _UPRIGHT_MOUTH = 0.45, 0.75
_FLAT = 0.38  # of a photograph at most 0.23 has no grain at all, of a clean drawing at least 0.49


@dataclass(frozen=True)
class Traits:
    """`lenses` is the brightness about the better lit eye beside the cheek below it, `eyes` and `mouth` are the
    strength of the dark lines there as shares of the skin's brightness, `below` says how far the colour of mouth
    and chin is from the skin about eyes and nose (in CIELAB). `eyes_across` and `mouth_across` are how many times
    as strong the level edges are there as the upright ones, of the worse eye. `flat` is the share of pixels that
    do not differ from their neighbours.
    """

    lenses: float
    eyes: tuple[float, float]
    mouth: float
    below: float
    eyes_across: float
    mouth_across: float
    flat: float

    @property
    def hides_eyes(self) -> bool:
        no_lines = max(self.eyes) < _NO_EYES or min(self.eyes) < _NO_EYE
        return self.lenses < _DARK_LENS or no_lines or self.eyes_across < _UPRIGHT_EYE

    @property
    def hides_mouth(self) -> bool:
        beside = self.mouth / max(*self.eyes, 0.02)
        return (
            beside < 0.16
            or (self.mouth < _NO_MOUTH and beside < 0.26)
            or self.below > _MASK_BELOW_NOSE
            or self.mouth_across < _UPRIGHT_MOUTH
        )

    @property
    def is_drawn(self) -> bool:
        return self.flat > _FLAT


def traits(pixels: Array, points: Array, width: float, tilt: float) -> Traits:
    """Measure a face in RGB pixels by its six key points, the width of its box and its clockwise lean in degrees."""
    apart = width / 2.4
    lean = np.radians(tilt)
    middle = points[:2].mean(axis=0) + 0.5 * apart * np.array((-np.sin(lean), np.cos(lean)))
    cut, matrix = warp.level(pixels, (float(middle[0]), float(middle[1])), tilt, _APART / apart, _SIZE, finely=True)
    return _Cut(cut, cv2.transform(points[None], matrix)[0]).traits()


class _Cut:
    """One level face: parts of it are named by their middle and reach, in distances of the eyes."""

    def __init__(self, cut: Array, points: Array) -> None:
        self.points = points
        self.origin = points[:2].mean(axis=0)
        self.unit = float(np.hypot(*(points[1] - points[0])))
        self.grey = cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY).astype(np.float32)
        self.colour = cv2.cvtColor(cut.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
        self.lines = cv2.morphologyEx(self.grey, cv2.MORPH_BLACKHAT, np.ones((_GAP, _GAP)))
        self.nose, self.mouth = ((point - self.origin) / self.unit for point in points[2:4])

    def traits(self) -> Traits:
        return Traits(
            lenses=max(self._lens(side) for side in (-1, 1)),
            eyes=(self._eye(0), self._eye(1)),
            mouth=float(np.percentile(self._part(self.lines, self.mouth, 0.35, 0.28), 92) / self._skin()),
            below=self._below(),
            eyes_across=min(self._across(point, 0.28, 0.25) for point in self.points[:2]),
            mouth_across=self._across(self.points[3], 0.35, 0.3),
            flat=float((np.abs(cv2.Laplacian(self.grey, cv2.CV_32F)) < 0.5).mean()),
        )

    def _part(self, of: Array, middle: Array | tuple[float, float], across: float, down: float | None = None) -> Array:
        """The pixels within `across` and `down` of a spot; never none."""
        x, y = self.origin + np.asarray(middle) * self.unit
        reach = max(2.0, across * self.unit), max(2.0, (across if down is None else down) * self.unit)
        height, width = of.shape[:2]
        left, top = (int(np.clip(v, 0, most - 1)) for v, most in ((x - reach[0], width), (y - reach[1], height)))
        return of[top : max(top + 1, int(y + reach[1])), left : max(left + 1, int(x + reach[0]))]

    def _skin(self) -> float:
        spots = ((self.nose, 0.12), ((self.nose[0] / 2, 0.3), 0.1), ((-0.45, 0.7), 0.12), ((0.45, 0.7), 0.12))
        return max(10.0, float(np.median(np.concatenate([self._part(self.grey, *spot).ravel() for spot in spots]))))

    def _cheek(self, side: int) -> float:
        return max(8.0, float(np.median(self._part(self.grey, (side * 0.45, 0.72), 0.1))))

    def _lens(self, side: int) -> float:
        about = self._part(self.grey, (side * 0.5, 0.09), 0.25, 0.19)
        return float(np.percentile(about, 75)) / self._cheek(side)

    def _eye(self, number: int) -> float:
        spot = (self.points[number] - self.origin) / self.unit
        return float(np.percentile(self._part(self.lines, spot, 0.26, 0.24), 90)) / self._cheek((-1, 1)[number])

    def _colour(self, middle: tuple[float, float], reach: float) -> Array:
        return np.median(self._part(self.colour, middle, reach).reshape(-1, 3), axis=0)

    def _below(self) -> float:
        x, y = (float(v) for v in self.mouth)
        nose = float(self.nose[0])
        skin = ((-0.4, 0.32), 0.09), ((0.4, 0.32), 0.09), ((0.3 * nose, 0.12), 0.09), ((0.8 * nose, 0.5), 0.1)
        mouth = ((x, y), 0.07), ((x - 0.3, y + 0.05), 0.08), ((x + 0.3, y + 0.05), 0.08), ((x, y + 0.35), 0.09)
        return _least([self._colour(*spot) for spot in mouth], [self._colour(*spot) for spot in skin])

    def _across(self, point: Array, across: float, down: float) -> float:
        spot = (point - self.origin) / self.unit
        level, upright = (
            float(np.abs(self._part(cv2.Sobel(self.grey, cv2.CV_32F, *way), spot, across, down)).mean())
            for way in ((0, 1), (1, 0))
        )
        return level / max(upright, 1.0)


def _least(some: list[Array], others: list[Array]) -> float:
    """The least difference of any of some colours from any other: shade and shine never reach all of them."""
    weight = np.array((0.3, 1, 1))  # brightness changes most with the light
    return min(float(np.linalg.norm((one - other) * weight)) for one in some for other in others)
