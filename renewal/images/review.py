"""What is right and wrong with a cut photo, in the words the person reads."""

import cv2
import numpy as np

from renewal.images.arrays import Array
from renewal.images.channels import darkest
from renewal.images.cutting import Cut
from renewal.images.findings import Finding
from renewal.images.framing import HEIGHT, WIDTH
from renewal.images.masks import largest_share, opened, raggedness, rim
from renewal.images.quality import findings

WHITE = 235  # the darkest channel of the background, at its dark tenth, from which it passes as white
_MOST_UNDECIDED, _LOOKS_COUNT = 0.92, 0.25  # smudges and doubt together, and what a pixel of the latter counts
_MOST_JOINED, _MOST_SOFT, _MOST_BESIDE, _MOST_RAGGED = 12, 40, 12, 0.0085  # the first three in pixels
_CLOSE = 0.80  # of the height: so large a head has no room to be made smaller


def review(cut: Cut) -> tuple[Finding, ...]:
    """Warnings about a photo, by the office's rules for one-inch photos; the worst come first."""
    white, good = _is_white(cut), is_good(cut)
    checks = (
        (abs(cut.head.tilt) > 5, "tilted", "头歪了。请用“左转”“右转”调正，或把头摆正重新拍一张。"),
        (cut.magnified > 1.05, "small", "照片里的人太小，放大后不够清晰。请站近一些，或上传原图。"),
        (_head(cut) > _CLOSE, "close", "离镜头太近，肩膀只拍到一点。请退后一步，把头和肩膀都拍进来，重新拍一张。"),
        (0.70 < _head(cut) <= _CLOSE, "head", "头部太大，或离镜头太近。请点“小一点”，或退后一步重新拍一张。"),
        (_head(cut) < 0.50, "head", "头部太小。请点“大一点”。"),
        (cut.ends, "cut", "身体有一边没有拍进来。请站到画面中间，离镜头远一点，重新拍一张。"),
        (_is_off(cut), "place", "头部不在合适的位置。请用“上移”“下移”“左移”“右移”调整。"),
        (not white and not good, "busy", "背景不是白色，也不能换得干净。请在浅色墙面前重拍。"),
        (not white and good, "background", "背景不是白色。请换成白色背景，或在白色墙面前重拍。"),
    )
    about_cut = tuple(Finding(code, text) for wrong, code, text in checks if wrong)
    return (*findings(cut.quality), *about_cut)


def _head(cut: Cut) -> float:
    return cut.head.height / HEIGHT


def _is_off(cut: Cut) -> bool:
    above = (cut.head.y - cut.head.crown) / HEIGHT
    return not 0.01 < above < 0.16 or abs(cut.head.x - WIDTH / 2) > 0.12 * WIDTH


def _is_white(cut: Cut) -> bool:
    if not cut.matte.bare.any():
        return False
    calm = darkest(cv2.blur(cut.photo, (3, 3)))
    return float(np.percentile(calm[cut.matte.bare], 10)) >= WHITE


def is_good(cut: Cut) -> bool:
    """Whether the background may be made white: the person whole, sure and alone, nothing else left standing."""
    alpha, head = cut.matte.alpha, cut.head
    solid, above = alpha > 0.5, max(1, round(head.y))
    beside = solid[: max(1, round(head.y - 0.4 * head.unit)), [0, -1]]
    return bool(
        not cut.ends
        and _smudges(alpha) + _LOOKS_COUNT * cut.silhouette.doubt < _MOST_UNDECIDED
        and cut.silhouette.joined <= _MOST_JOINED
        and cut.soft <= _MOST_SOFT
        and alpha[0].max() < 0.04
        and beside.sum() <= _MOST_BESIDE
        and _gaps(solid[:above]) < 0.02
        and abs(_top(cut, solid) - (head.y - head.crown)) < 0.08 * head.unit
        and largest_share(solid) > 0.998
        and raggedness(solid, 6) < _MOST_RAGGED
        and solid[_oval(cut, 0.1, 0.33, 0.5)].mean() > 0.97
        and (solid & ~_oval(cut, 0, 1.1, 1.3))[:above].sum() < 0.002 * HEIGHT * WIDTH
        and min(half.mean() for half in np.array_split(solid[-1], [round(head.x)])) > 0.3
    )


def _smudges(alpha: Array) -> float:
    """How much is neither person nor background, in patches thicker than hair, per pixel of the outline."""
    return float(opened(4 * alpha * (1 - alpha), 3).sum()) / max(1, int(rim(alpha > 0.5).sum()))


def _gaps(solid: Array) -> float:
    """How much of a mask is missing between its left and right outline: bites, and what shows between two things."""
    filled = np.maximum.accumulate(solid, axis=1) & np.maximum.accumulate(solid[:, ::-1], axis=1)[:, ::-1]
    return float((filled & ~solid).sum() / max(1, solid.sum()))


def _top(cut: Cut, solid: Array) -> float:
    """The row in which the head begins; the last one when there is none."""
    x, reach = cut.head.x + cut.head.aside, 0.5 * cut.head.unit
    columns = solid[:, max(0, round(x - reach)) : round(x + reach)]
    return float(np.argmax(np.append(columns.sum(axis=1) > 0.12 * cut.head.unit, True)))


def _oval(cut: Cut, down: float, across: float, along: float) -> Array:
    """An upright oval about the head, in widths of the face from between the eyes: booleans."""
    head = cut.head
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    centre = round(head.x + head.aside), round(head.y + down * head.unit)
    cv2.ellipse(mask, centre, (round(across * head.unit), round(along * head.unit)), head.tilt, 0, 360, 1, -1)
    return np.asarray(mask > 0)
