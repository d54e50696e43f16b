"""How a face is lit and how sharp it is, measured on a level grey patch of one size."""

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from renewal.images import warp
from renewal.images.arrays import Array
from renewal.images.errors import ImageRejected
from renewal.images.face import Face
from renewal.images.findings import Finding

_FACE = 120  # pixels a face is wide in the patch
_SIZE = (_FACE, round(_FACE * 1.2))

# From here on a warning. Swept over 26 people: sharp faces measure 3.1 to 5.4 (2.2 and more when only 35 pixels wide
# or lit from a side), blurred by a 60th of their width 1.8 to 2.4; a face turned by 15 degrees is 0.22 aside.
_BLURRED, _DARK, _SHINE, _UNEVEN, _ASIDE = 2.2, 80.0, 0.25, 1.5, 0.22
# From here on no clerk can compare: blurred by a 40th of the width (1.4 to 1.65), the light of very dark skin still
# 37 and more, more than half of the face burnt out.
_SMEARED, _PITCH_DARK, _BURNT_OUT = 1.6, 36.0, 0.55


@dataclass(frozen=True)
class Quality:
    """`sharpness` is how many times as strong fine lines (1 pixel of 120 across the face) are as coarse ones (3);
    `light` and `shine` are the 95th percentile of brightness (0 to 255) and the share of burnt-out pixels; `uneven`
    is how many times the brighter half of the face is as bright as the other; `aside` is how far the nose lies
    off the middle of the ears, in distances of the ears.
    """

    sharpness: float
    light: float
    shine: float
    uneven: float
    aside: float


def judge(image: Image.Image | Array, face: Face) -> Quality:
    """Measure a face in an RGB picture or its pixels."""
    patch, _ = warp.level(np.asarray(image), face.below_eyes(0.25), face.tilt, _FACE / face.width, _SIZE, finely=True)
    grey = cv2.cvtColor(patch, cv2.COLOR_RGB2GRAY)
    oval = cv2.ellipse(
        np.zeros_like(grey), (_FACE // 2, _SIZE[1] // 2), (_FACE * 2 // 5, _SIZE[1] // 2), 0, 0, 360, 255, -1
    )
    skin = grey[oval > 0].astype(np.float32)
    middle = np.arange(_FACE) < _FACE // 2
    halves = [float(grey[(oval > 0) & side].mean()) for side in (middle, ~middle)]
    return Quality(
        sharpness=float(_lines(grey, 1)[oval > 0].std()) / max(float(_lines(grey, 3)[oval > 0].std()), 0.01),
        light=float(np.percentile(skin, 95)),
        shine=float((skin >= 252).mean()),
        uneven=max(halves) / max(min(halves), 1.0),
        aside=face.aside,
    )


def findings(quality: Quality) -> tuple[Finding, ...]:
    """Warnings about light and sharpness, with how to mend them."""
    checks = (
        (quality.sharpness < _BLURRED, "blurred", "照片有些模糊。请擦净镜头，拿稳手机，重新拍一张。"),
        (quality.light < _DARK, "dark", "脸部太暗。请面向窗户或灯光，重新拍一张。"),
        (quality.shine > _SHINE, "bright", "照片太亮，脸部发白。请避开直射的强光，重新拍一张。"),
        (quality.uneven > _UNEVEN, "uneven", "脸的一边亮一边暗。请正对光源，让光线均匀，重新拍一张。"),
        (abs(quality.aside) > _ASIDE, "turned", "脸没有正对镜头。请正对镜头，重新拍一张。"),
    )
    return tuple(Finding(code, text) for wrong, code, text in checks if wrong)


def check(quality: Quality) -> None:
    """Raises ImageRejected, worded for the person, when a clerk would see too little of the face."""
    for wrong, words in (
        (quality.light < _PITCH_DARK, "脸部太暗，看不清。请面向窗户或灯光，重新拍一张。"),
        (quality.shine > _BURNT_OUT, "照片太亮，脸部发白。请避开直射的强光，重新拍一张。"),
        (quality.sharpness < _SMEARED, "照片太模糊。请擦净镜头，拿稳手机，重新拍一张。"),
    ):
        if wrong:
            raise ImageRejected(words)


def _lines(grey: Array, width: float) -> Array:
    """The Laplacian of lines about as wide as that, in pixels."""
    return cv2.Laplacian(cv2.GaussianBlur(grey.astype(np.float32), (0, 0), width), cv2.CV_32F)
