"""How right a photo is, measured against what is known of the picture it was cut from."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renewal.images.portrait import Portrait
from tests.images.pictures import opened
from tests.images.scenes import Marks, Matrix, Scene

WIDTH, HEIGHT = 295, 413


@dataclass(frozen=True)
class Placed:
    """Where the head came to in the photo: degrees off level, and head and gap as shares of its height."""

    lean: float
    head: float
    gap: float

    @property
    def is_level(self) -> bool:
        return abs(self.lean) <= 2

    @property
    def is_framed(self) -> bool:
        return 0.55 <= self.head <= 0.65 and 0.04 <= self.gap <= 0.08


@dataclass(frozen=True)
class Edge:
    """How clean a whitened photo is. `alpha`: mean error of the person's edge, 0 to 1, in a band of ten pixels.

    `rim`: colour that is not the person's, mean of 255, in the same band; `left`: share of the background that is not
    white; `lost`: share of the person that whitening changed, not what a bad JPEG had done before.
    """

    alpha: float
    rim: float
    left: float
    lost: float

    @property
    def is_good(self) -> bool:
        """Nothing that a clerk would see."""
        return self.left < 0.005 and self.lost < 0.01 and self.alpha < 0.12 and self.rim < 12


def into_photo(portrait: Portrait) -> Matrix:
    """The 2×3 matrix from the given picture to the photo."""
    frame = portrait.frame
    matrix = cv2.getRotationMatrix2D((frame.x, frame.y), frame.turn, HEIGHT / frame.height)
    matrix[:, 2] += WIDTH / 2 - frame.x, HEIGHT / 2 - frame.y
    return np.asarray(matrix)


def placed(portrait: Portrait, marks: Marks) -> Placed:
    """Where the marks' head lies in the photo."""
    found = [_placed(marks.through(into_photo(portrait)), top) for top in ("crown", "updo") if getattr(marks, top)]
    return next((place for place in found if place.is_framed), found[0])


def _placed(marks: Marks, top: str) -> Placed:
    highest = getattr(marks, top)[1]
    return Placed(marks.tilt, (marks.chin[1] - highest) / HEIGHT, highest / HEIGHT)


def edge(portrait: Portrait, scene: Scene) -> Edge:
    """The whitened photo against the same person composed before white."""
    assert portrait.whitened is not None
    assert scene.alpha is not None
    assert scene.white is not None
    matrix = into_photo(portrait)
    alpha = _warped(scene.alpha, matrix)
    right = _warped(scene.white.astype(np.float32), matrix)
    white, came = (np.asarray(opened(jpeg)).astype(np.float32) for jpeg in (portrait.whitened, portrait.jpeg))
    solid, person = cv2.erode(alpha, np.ones((11, 11))) > 0.98, cv2.dilate(alpha, np.ones((11, 11))) > 0.02
    band = person & ~solid & _within(scene, matrix)
    outside = ~person & _within(scene, matrix)
    contrast = 255 - _warped(_filled(scene), matrix).mean(axis=2)
    off = np.abs(white.mean(axis=2) - right.mean(axis=2)) / np.maximum(contrast, 60)
    return Edge(
        float(np.minimum(off, 1)[band].mean()),
        float(np.abs(_chroma(white) - _chroma(right))[band].mean()),
        float((white[outside].min(axis=1) < 247).mean()) if outside.any() else 0.0,
        float((np.abs(white - came)[solid].max(axis=1) > 48).mean()),
    )


def _warped(pixels: NDArray[np.float32], matrix: Matrix) -> NDArray[np.float32]:
    """Into the photo, averaged on the way."""
    scale = float(np.hypot(*matrix[:, 0]))
    calm = cv2.GaussianBlur(pixels, (0, 0), 0.4 / scale) if scale < 0.8 else pixels
    return np.asarray(cv2.warpAffine(calm, matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE))


def _within(scene: Scene, matrix: Matrix) -> NDArray[np.bool_]:
    """What of the photo the picture shows: beyond it, nobody knows what is right."""
    return np.asarray(cv2.warpAffine(np.ones(scene.pixels.shape[:2], np.uint8), matrix, (WIDTH, HEIGHT)) == 1)


def _filled(scene: Scene) -> NDArray[np.float32]:
    """The person's own colours, run on a little beyond the edge."""
    assert scene.alpha is not None
    assert scene.white is not None
    solid = (scene.alpha > 0.98).astype(np.float32)
    size = (0, 0), max(3.0, scene.alpha.shape[0] / 100)
    weight = cv2.GaussianBlur(solid, *size)[..., None]
    near = cv2.GaussianBlur(scene.white.astype(np.float32) * solid[..., None], *size) / np.maximum(weight, 1e-3)
    return np.where(solid[..., None] > 0, scene.white.astype(np.float32), near)


def _chroma(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(pixels.max(axis=2) - pixels.min(axis=2))
