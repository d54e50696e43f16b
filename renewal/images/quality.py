"""How a face is lit and how sharp it is, measured on a level grey patch of one size."""

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

from renewal.images import warp
from renewal.images.faces import Face
from renewal.images.findings import Finding
from renewal.images.outline import measure

_FACE = 120  # pixels a face is wide in the patch
_SIZE = (_FACE, round(_FACE * 1.2))

# From here on a warning; what is worse than the second line no clerk can compare with a face.
_BLURRED, _DARK, _SHINE, _UNEVEN, _ASIDE = 0.085, 90.0, 0.25, 1.5, 0.1
SMEARED, PITCH_DARK, BURNT_OUT = 0.06, 50.0, 0.6


@dataclass(frozen=True)
class Quality:
    """`sharpness` is the deviation of the Laplacian as a share of the face's own contrast; `light` and `shine`
    are the 95th percentile of brightness (0 to 255) and the share of burnt-out pixels; `uneven` is how many
    times the brighter half of the face is as bright as the other; `aside` is how far the eyes lie off the
    middle of the face, in widths of it, None when the eyes were not found.
    """

    sharpness: float
    light: float
    shine: float
    uneven: float
    aside: float | None


def judge(image: Image.Image, face: Face) -> Quality:
    """Measure a face in an RGB picture."""
    x, y, width = measure(face)
    lean = np.radians(face.tilt)
    centre = x - 0.25 * width * float(np.sin(lean)), y + 0.25 * width * float(np.cos(lean))
    patch, _ = warp.level(np.asarray(image), centre, face.tilt, _FACE / width, _SIZE)
    grey = cv2.cvtColor(patch, cv2.COLOR_RGB2GRAY)
    oval = cv2.ellipse(
        np.zeros_like(grey), (_FACE // 2, _SIZE[1] // 2), (_FACE * 2 // 5, _SIZE[1] // 2), 0, 0, 360, 255, -1
    )
    skin = grey[oval > 0].astype(np.float32)
    calm = cv2.GaussianBlur(grey, (0, 0), 1.0)
    edges = cv2.Laplacian(calm, cv2.CV_32F)[oval > 0]
    middle = np.arange(_FACE) < _FACE // 2
    halves = [float(grey[(oval > 0) & side].mean()) for side in (middle, ~middle)]
    return Quality(
        sharpness=float(edges.std() / max(skin.std(), 4.0)),
        light=float(np.percentile(skin, 95)),
        shine=float((skin >= 252).mean()),
        uneven=max(halves) / max(min(halves), 1.0),
        aside=_aside(face),
    )


def findings(quality: Quality) -> tuple[Finding, ...]:
    """Warnings about light and sharpness, with how to mend them."""
    checks = (
        (quality.sharpness < _BLURRED, "blurred", "照片有些模糊。请擦净镜头，拿稳手机，重新拍一张。"),
        (quality.light < _DARK, "dark", "脸部太暗。请面向窗户或灯光，重新拍一张。"),
        (quality.shine > _SHINE, "bright", "照片太亮，脸部发白。请避开直射的强光，重新拍一张。"),
        (quality.uneven > _UNEVEN, "uneven", "脸的一边亮一边暗。请正对光源，让光线均匀，重新拍一张。"),
        (quality.aside is None, "eyes", "没有看清双眼。请睁开眼睛，头发和镜框不要遮住眼睛，眼镜不要反光。"),
        (abs(quality.aside or 0) > _ASIDE, "turned", "脸没有正对镜头。请正对镜头，重新拍一张。"),
    )
    return tuple(Finding(code, text) for wrong, code, text in checks if wrong)


def _aside(face: Face) -> float:
    lean = np.radians(face.tilt)
    x, y, _ = measure(face)
    return float((x - face.centre[0]) * np.cos(lean) + (y - face.centre[1]) * np.sin(lean)) / face.width
