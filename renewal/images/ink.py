"""Ink on paper: told from shadows, trimmed, and turned into a clear PNG and a white JPEG."""

import cv2
import numpy as np
from cv2.typing import MatLike
from PIL import Image

from renewal.images.encode import to_jpeg, to_png
from renewal.images.errors import ImageRejected

PNG_BYTES = 20_000
JPEG_BYTES = 30_000
_MOST_INK = 0.25
_SIZE = (600, 240)
_MARGIN = 6


def lift(image: Image.Image) -> tuple[bytes, bytes]:
    """PNG (ink on clear ground, at most 600×240 pixels and 20 KB) and JPEG (ink on white) of an RGB picture.

    Raises ImageRejected.
    """
    darkness = _darkness(np.asarray(image.convert("L")))
    mask = darkness > 0.25
    if mask.mean() > _MOST_INK:
        raise ImageRejected("这张图片不像签名。请在白纸上用黑色笔签名，拍照时只拍签名部分。")
    ys, xs = np.nonzero(mask)
    if xs.size < 20:
        raise ImageRejected("没有看到签名。请签上您的姓名后再提交。")
    left, top, right, bottom = int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1
    if max(right - left, bottom - top) < max(image.size) / 16:
        raise ImageRejected("签名太小，只有一个点。请写上完整的姓名，写大一些。")
    alpha = Image.fromarray((darkness * 255).astype(np.uint8))
    box = (max(0, left - _MARGIN), max(0, top - _MARGIN), right + _MARGIN, bottom + _MARGIN)
    alpha = alpha.crop(box)
    alpha.thumbnail(_SIZE, Image.Resampling.LANCZOS)
    return _encode(alpha)


def _darkness(grey: MatLike) -> MatLike:
    """0.0 (paper) to 1.0 (ink) per pixel, against the brightness of the paper around it."""
    reach = max(grey.shape) // 12 | 1
    paper = cv2.GaussianBlur(cv2.dilate(grey, np.ones((reach, reach), np.uint8)), (reach, reach), 0)
    share = 1 - grey.astype(np.float32) / np.maximum(paper, 1)
    return np.clip((share - 0.15) / 0.35, 0, 1)


def _encode(alpha: Image.Image) -> tuple[bytes, bytes]:
    for levels in (32, 16, 8, 4):
        step = 256 // levels
        flat = alpha.point(lambda value, step=step: min(255, value // step * step * 255 // (256 - step)))
        ink = Image.merge("LA", (Image.new("L", flat.size, 0), flat))
        png = to_png(ink)
        if len(png) <= PNG_BYTES:
            break
    white = Image.new("L", flat.size, 255)
    white.paste(0, mask=flat)
    return png, to_jpeg(white.convert("RGB"), JPEG_BYTES)
