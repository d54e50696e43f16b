"""Ink on paper: told from shadows and ruled lines, trimmed, and turned into a clear PNG and a white JPEG."""

import cv2
import numpy as np
from PIL import Image

from renewal.images.arrays import Array
from renewal.images.channels import darkest
from renewal.images.encode import to_jpeg, to_png
from renewal.images.errors import ImageRejected
from renewal.images.masks import grown

PNG_BYTES = 20_000
JPEG_BYTES = 30_000
_LARGEST = (600, 240)
_MARGIN = 0.03  # of the longer side of the ink
_FAINTEST = 0.16  # darker than the paper by this share: pencil, old ballpoints
_MOST_INK, _MOST_NOISE, _MOST_PIECES = 0.18, 0.05, 120
_STRAY = 0.08  # of the ink; more than that at the edge is a signature cut off

_NOT_A_SIGNATURE = "这张图片不像签名。请在白纸上用黑色笔签名，拍照时只拍签名部分。"


def lift(image: Image.Image) -> tuple[bytes, bytes]:
    """PNG (black ink on clear ground, at most 600×240 pixels and 20 KB) and JPEG (on white) of an RGB picture.

    Raises ImageRejected for a blank sheet, a dot, a line, ink cut off at the edge, and for no signature at all.
    """
    darkness = _darkness(darkest(np.asarray(image)))
    level = _ink_level(darkness)
    mask = _without_ruling(darkness, level)
    if mask.mean() > _MOST_INK:
        raise ImageRejected(_NOT_A_SIGNATURE)
    mask = _own_pieces(mask)
    _check_shape(mask)
    alpha = np.clip((darkness / level - 0.25) / 0.5, 0, 1) * cv2.GaussianBlur(
        cv2.dilate(mask.astype(np.float32), np.ones((3, 3))), (3, 3), 0
    )
    return _encode(_trimmed(alpha, mask))


def _darkness(grey: Array) -> Array:
    """By what share each pixel is darker than the paper around it: 0.0 to 1.0, shadows divided out."""
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    reach = max(9, max(small.shape) // 10 | 1)
    paper = cv2.morphologyEx(cv2.medianBlur(small, 3), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    paper = cv2.resize(cv2.GaussianBlur(paper, (0, 0), reach / 4), grey.shape[::-1])
    calm = cv2.GaussianBlur(grey, (3, 3), 0).astype(np.float32)
    return np.clip(1 - calm / np.maximum(paper, 1), 0, 1)


def _ink_level(darkness: Array) -> float:
    """How dark the ink is: the bulk of what is clearly darker than paper. Raises ImageRejected without any."""
    ink = darkness[darkness > _FAINTEST]
    if ink.size < 30:
        raise ImageRejected("没有看到签名。请签上您的姓名后再提交。")
    level = float(np.percentile(ink, 75))
    paper = darkness[darkness < level / 2]
    if paper.size == 0 or float(np.sqrt((paper**2).mean())) > _MOST_NOISE + level / 12:
        raise ImageRejected(_NOT_A_SIGNATURE)
    return level


def _without_ruling(darkness: Array, level: float) -> Array:
    """Where ink is, without lines ruled across the sheet; strokes that cross one are mended."""
    mask, black = darkness > level / 2, darkness > level * 0.8
    faint = darkness > max(level / 4, _FAINTEST / 2)
    for across in (True, False):
        lines = _ruled(faint if across else faint.T)
        lines = lines if across else lines.T
        if lines.any():
            bridge = np.ones((9, 1) if across else (1, 9), np.uint8)
            rest = (mask & ~lines).astype(np.uint8)
            crossing = (cv2.morphologyEx(rest, cv2.MORPH_CLOSE, bridge) > 0) | (black & grown(rest, 4))
            mask = (rest > 0) | (mask & lines & crossing)
    return mask


def _ruled(mask: Array) -> Array:
    """Nearly level lines that run across most of the sheet: booleans."""
    width = mask.shape[1]
    runs = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, max(15, width // 25)), np.uint8))
    joined = cv2.dilate(runs, np.ones((3, width // 40), np.uint8))
    _, pieces, boxes, _ = cv2.connectedComponentsWithStats(joined)
    long = [
        number
        for number, box in enumerate(boxes[1:], start=1)
        if box[cv2.CC_STAT_WIDTH] > 0.6 * width and box[cv2.CC_STAT_HEIGHT] < 0.08 * width
    ]
    return np.asarray(np.isin(pieces, long) & (cv2.dilate(runs, np.ones((5, 3), np.uint8)) > 0) & mask)


def _own_pieces(mask: Array) -> Array:
    """The signature's own pieces: no specks, and nothing that reaches in from beyond the edge of the sheet."""
    count, pieces, boxes, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    height, width = mask.shape
    sizes = boxes[:, cv2.CC_STAT_AREA]
    real = sizes > max(8, 0.002 * sizes[1:].sum())
    left, top = boxes[:, cv2.CC_STAT_LEFT], boxes[:, cv2.CC_STAT_TOP]
    right, bottom = left + boxes[:, cv2.CC_STAT_WIDTH], top + boxes[:, cv2.CC_STAT_HEIGHT]
    clipped = (left <= 1) | (top <= 1) | (right >= width - 1) | (bottom >= height - 1)
    numbers = np.arange(count) > 0
    ink = sizes[real & numbers].sum()
    if (real & numbers).sum() > _MOST_PIECES:
        raise ImageRejected(_NOT_A_SIGNATURE)
    if sizes[real & numbers & clipped].sum() > _STRAY * ink:
        raise ImageRejected("签名碰到了边，可能没有写全或没有拍全。请把签名放在中间，四周留出空白。")
    return np.asarray((real & numbers & ~clipped)[pieces])


def _check_shape(mask: Array) -> None:
    rows, columns = np.nonzero(mask)
    if rows.size < 30 or max(np.ptp(rows), np.ptp(columns)) < max(30, max(mask.shape) / 20):
        raise ImageRejected("签名太小，像是一个点或一条线。请写上完整的姓名，写大一些。")
    spread = np.sqrt(np.linalg.eigvalsh(np.cov(columns, rows)))
    if spread[0] < 0.05 * spread[1]:
        raise ImageRejected("只看到一条线。请写上完整的姓名。")


def _trimmed(alpha: Array, mask: Array) -> Image.Image:
    rows, columns = np.nonzero(mask)
    margin = round(_MARGIN * max(np.ptp(rows), np.ptp(columns))) + 2
    box = (
        int(columns.min()) - margin,
        int(rows.min()) - margin,
        int(columns.max()) + margin + 1,
        int(rows.max()) + margin + 1,
    )
    ink = Image.fromarray((alpha * 255).round().astype(np.uint8)).crop(box)
    ink.thumbnail(_LARGEST, Image.Resampling.LANCZOS)
    return ink


def _encode(ink: Image.Image) -> tuple[bytes, bytes]:
    for bits in (4, 3, 2, 1):  # few shades of the edge are enough, and pack better
        shades = (1 << bits) - 1
        ink = ink.point([round(value / 255 * shades) * 255 // shades for value in range(256)])
        png = to_png(Image.merge("LA", (Image.new("L", ink.size, 0), ink)))
        if len(png) <= PNG_BYTES:
            break
    white = Image.new("L", ink.size, 255)
    white.paste(0, mask=ink)
    return png, to_jpeg(white.convert("RGB"), JPEG_BYTES)
