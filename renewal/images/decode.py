"""Bytes in, upright sRGB pixels out: the only door by which a file from outside gets to a decoder.

A phone's 12 megapixels must cost a small worker neither a second nor its memory, and a bomb no more than
they do: hence the limits before decoding, the reducing while decoding, and the locks.
"""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageCms

from renewal.images.containers import Format, jpeg_scans, recognise, webp_size
from renewal.images.errors import ImageRejected

LARGEST_BYTES = 20 * 1024 * 1024
LARGEST_PIXELS = 100_000_000
SMALLEST_SIDE = 32
LONGEST_TO_SHORTEST = 16
MOST_SCANS = 40  # encoders write about 10; each one more walks through the whole picture again

# Only baseline JPEG shrinks while it is decoded. The others lie in memory whole, so they may be less large.
LARGEST_WHOLE = {"PNG": 13_000_000, "WEBP": 13_000_000, "HEIF": 26_000_000, "JPEG": 13_000_000}

_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_STRIP = 32

_AT_ONCE = threading.BoundedSemaphore(2)
_WHOLE = threading.Lock()  # one at a time: they need up to eight bytes a pixel
_OPENING = threading.Lock()

# Our own limit is checked between header and pixels; Pillow's would only add a warning of its own.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True)
class Picture:
    """A decoded picture: `image` is RGB in sRGB, upright, without metadata, laid on white where it was clear.

    `width` and `height` are the pixels of the upright original, before any reduction;
    `format` is what the content is, whatever the name said.
    """

    image: Image.Image
    width: int
    height: int
    format: Format


def decode(data: bytes, *, longest: int | None = None) -> Picture:
    """Decode a JPEG, PNG, WebP or HEIC by its content, reduced to at most `longest` pixels a side.

    Bytes (20 MB), pixels (100 MP) and proportions are checked before any pixel is decoded.
    Raises ImageRejected with a sentence for the person.
    """
    if not data:
        raise ImageRejected("文件是空的，可能没有传完。请重新选择照片。")
    if len(data) > LARGEST_BYTES:
        raise ImageRejected("照片文件超过 20 MB。请换一张较小的照片，或直接用手机重新拍一张。")
    kind = recognise(data)
    with _AT_ONCE:
        try:
            return _decode(data, kind, longest)
        except ImageRejected:
            raise
        except Exception as trouble:  # decoders raise almost anything on a broken file
            raise ImageRejected("照片已损坏或没有传完。请重新选择照片，或重新拍一张。") from trouble


def _decode(data: bytes, kind: Format, longest: int | None) -> Picture:
    if kind == "WEBP":
        _check_size(webp_size(data), kind)
    if kind == "HEIF":
        _register_heif()
    with _quietly():
        image = Image.open(BytesIO(data), formats=(kind,))
    whole = _check_header(image, data, kind)
    width, height = image.size
    if longest and kind == "JPEG":
        image.draft(image.mode, _within(image.size, longest))
    with _WHOLE if whole else nullcontext():
        image.load()
        flat = _to_srgb(_reduce(image, longest), image.info.get("icc_profile"))
        with _quietly():
            orientation = _orientation(image)  # only now: a PNG would decode itself to look for its EXIF block
        flat = flat.copy() if flat is image else flat
        image.close()  # gives back its pixels, and the whole file with them
    if longest and max(flat.size) > longest:
        flat = flat.resize(_within((width, height), longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if orientation in _TURNS:
        flat = flat.transpose(_TURNS[orientation])
    if orientation >= 5:
        width, height = height, width
    flat.info.clear()
    return Picture(flat, width, height, kind)


@contextmanager
def _quietly() -> Iterator[None]:
    """Without Pillow's warnings of broken EXIF and the like, which is dropped anyway."""
    with _OPENING, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _within(size: tuple[int, int], longest: int) -> tuple[int, int]:
    scale = min(1.0, longest / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


@cache
def _register_heif() -> None:
    from pillow_heif import register_heif_opener  # costs time and memory that most workers never need

    register_heif_opener()


def _orientation(image: Image.Image) -> int:
    try:
        turn = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # a broken EXIF block is no reason to refuse the photo
        return 1
    return turn if turn in _TURNS else 1


def _check_header(image: Image.Image, data: bytes, kind: Format) -> bool:
    """Whether the picture will lie in memory whole. Raises ImageRejected."""
    if kind == "JPEG" and "progressive" not in image.info:
        _check_size(image.size)
        return False
    _check_size(image.size, kind)
    if kind in ("PNG", "WEBP") and getattr(image, "is_animated", False):
        raise ImageRejected("这是动图，不能使用。请上传一张普通的照片。")
    if kind == "JPEG" and jpeg_scans(data) > MOST_SCANS:
        raise ImageRejected("照片的存储方式不正常，无法处理。请直接用手机重新拍一张。")
    return True


def _check_size(size: tuple[int, int], kind: Format | None = None) -> None:
    shortest, longest = sorted(size)
    largest = LARGEST_WHOLE[kind] if kind else LARGEST_PIXELS
    if shortest * longest > largest:
        raise ImageRejected(
            f"照片有 {shortest * longest / 1e6:.0f} 百万像素，太大了。请把相机调到普通清晰度，重新拍一张。"
        )
    if shortest < SMALLEST_SIDE:
        raise ImageRejected("图片太小，看不清内容。请上传清晰的原图，或重新拍一张。")
    if longest > shortest * LONGEST_TO_SHORTEST:
        raise ImageRejected("图片又细又长，不像照片。请上传完整的照片，或重新拍一张。")


def _reduce(image: Image.Image, longest: int | None) -> Image.Image:
    """The picture as RGB, L or CMYK on white, by whole factors near `longest`, strip by strip.

    Strips keep the peak at the decoded picture itself: a whole copy in another mode would double it.
    """
    factor = max(1, max(image.size) // longest) if longest else 1
    mode = image.mode if image.mode in ("RGB", "L", "CMYK") else "RGB"
    if factor == 1 and image.mode == mode:
        return image
    width, height = -(-image.width // factor), -(-image.height // factor)
    reduced = Image.new(mode, (width, height))
    for top in range(0, image.height, _STRIP * factor):
        bottom = min(image.height, top + _STRIP * factor)
        strip = _flat(image.crop((0, top, image.width, bottom)), mode)
        reduced.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
    return reduced


def _flat(strip: Image.Image, mode: str) -> Image.Image:
    if strip.mode == mode:
        return strip
    if strip.mode.startswith("I;16"):  # keep the high bytes: Pillow's own conversion clips instead of scaling
        high = strip.tobytes()[1::2] if strip.mode != "I;16B" else strip.tobytes()[::2]
        return Image.frombytes("L", strip.size, high).convert(mode)
    if strip.has_transparency_data:
        clear = strip.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert(mode)
    return strip.convert(mode)


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            changed = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if changed is not None:
                return changed
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that fits neither the pixels nor the standard says nothing about the colours
    return image if image.mode == "RGB" else image.convert("RGB")
