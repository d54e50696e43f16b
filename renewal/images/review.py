"""What is right and wrong with a cut photo, in the words the person reads."""

import cv2
import numpy as np

from renewal.images.arrays import Array
from renewal.images.cutting import Cut
from renewal.images.findings import Finding
from renewal.images.framing import HEIGHT, WIDTH
from renewal.images.masks import largest_share, raggedness
from renewal.images.quality import Quality, findings

WHITE = 235  # the darkest channel of the wall, at its dark tenth, from which it passes as white
_PATTERN = 8.0  # deviation of the wall's texture; painted walls and soft shadows stay below 5
_LEAST_CONTRAST = 25.0
_ABOVE = round(0.45 * HEIGHT)  # rows; further down shoulders may reach the edge


def review(cut: Cut, quality: Quality) -> tuple[Finding, ...]:
    """Warnings about a photo, by the office's rules for one-inch photos; the worst come first."""
    checks = (
        (abs(cut.head.tilt) > 5, "tilted", "头歪了。请用“左转”“右转”调正，或把头摆正重新拍一张。"),
        (cut.magnified > 1.05, "small", "照片里的人太小，放大后不够清晰。请站近一些，或上传原图。"),
        (_head(cut) > 0.70, "head", "头部太大，或离镜头太近。请点“小一点”，或退后一步重新拍一张。"),
        (_head(cut) < 0.50, "head", "头部太小。请点“大一点”。"),
        (_is_off(cut), "place", "头部不在合适的位置。请用“上移”“下移”“左移”“右移”调整。"),
        (_is_busy(cut), "busy", "背景杂乱。请在浅色墙面前重拍。"),
        (
            not _is_busy(cut) and not _is_white(cut),
            "background",
            "背景不是白色。请换成白色背景，或在白色墙面前重拍。",
        ),
    )
    about_cut = tuple(Finding(code, text) for wrong, code, text in checks if wrong)
    return (*findings(quality), *about_cut)


def _head(cut: Cut) -> float:
    return cut.head.height / HEIGHT


def _is_off(cut: Cut) -> bool:
    above = (cut.head.y - cut.head.crown) / HEIGHT
    return not 0.01 < above < 0.16 or abs(cut.head.x - WIDTH / 2) > 0.12 * WIDTH


def _is_busy(cut: Cut) -> bool:
    """A pattern, or so much like the person that the outline ran off into it."""
    beside = (cut.matte.alpha > 0.5) & ~_oval(cut, -0.05, 0.9, 1.25)
    edge = np.concatenate((beside[0], beside[:_ABOVE, 0], beside[:_ABOVE, -1]))
    return bool(cut.matte.rough > _PATTERN or edge.mean() > 0.02)


def _is_white(cut: Cut) -> bool:
    if not cut.matte.bare.any():
        return False
    calm = cv2.blur(cut.photo, (3, 3)).min(axis=2)
    return float(np.percentile(calm[cut.matte.bare], 10)) >= WHITE


def is_good(cut: Cut, whitened: Array) -> bool:
    """Whether a whitened photo may be offered: white around, hair and shoulders whole, nothing of the wall left."""
    border = min(whitened[0].min(), whitened[:_ABOVE, 0].min(), whitened[:_ABOVE, -1].min())
    solid = cut.matte.alpha > 0.5
    return bool(
        not _is_busy(cut)
        and cut.matte.contrast > _LEAST_CONTRAST
        and border >= 250
        and largest_share(solid) > 0.998
        and raggedness(solid, 6) < 0.02
        and solid[_oval(cut, 0.05, 0.42, 0.75)].mean() > 0.985
        and (solid & ~_oval(cut, -0.05, 1.25, 1.45))[: round(cut.head.y)].sum() < 0.002 * HEIGHT * WIDTH
        and min(half.mean() for half in np.array_split(solid[-1], [round(cut.head.x)])) > 0.6
    )


def _oval(cut: Cut, down: float, across: float, along: float) -> Array:
    """An upright oval about the head, in widths of the face from between the eyes: booleans."""
    head = cut.head
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    centre = round(head.x), round(head.y + down * head.unit)
    cv2.ellipse(mask, centre, (round(across * head.unit), round(along * head.unit)), head.tilt, 0, 360, 1, -1)
    return np.asarray(mask > 0)
