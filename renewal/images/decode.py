"""Bytes in, upright sRGB pixels out: the only door by which a file from outside gets to a decoder.

A phone's 12 megapixels must cost a small worker neither a second nor its memory, and a bomb no more than
they do: hence the limits before decoding, the reducing while decoding, and the locks.
"""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageCms

from renewal.images import heavy, heif, reducing, webp
from renewal.images.containers import (
    Format,
    check_png_chunks,
    jpeg_header,
    jpeg_scans,
    recognise,
    webp_moves,
    webp_size,
)
from renewal.images.errors import ImageRejected

LARGEST_BYTES = 20 * 1024 * 1024
LARGEST_PIXELS = 100_000_000
SMALLEST_SIDE = 32
LONGEST_TO_SHORTEST = 16
MOST_SCANS = 40  # encoders write about 10; each one more walks through the whole picture again

# Only baseline JPEG shrinks while it is decoded. Of the others a decoder keeps four to five bytes a pixel, of a
# progressive JPEG two for every coefficient, which is six where the colours are as fine as the grey.
LARGEST_WHOLE = 27_000_000
MOST_COEFFICIENTS = 145_000_000  # bytes
_COARSE = 126_000_000  # beside more of them only a quarter of the side still fits
HEAVY_WHOLE, HEAVY_PIXELS = 6_000_000, 48_000_000  # from here on one at a time

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

_AT_ONCE = threading.BoundedSemaphore(2)
_OPENING = threading.Lock()

# Our own limit is checked between header and pixels; Pillow's would only add a warning of its own.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, eq=False)
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
    with _or_in_words():
        coefficients = _coefficients(data) if kind == "JPEG" else 0
        whole = kind != "JPEG" or coefficients > 0
        image = _opened(data, kind, whole)
    if coefficients > _COARSE:
        longest = min(longest or LARGEST_PIXELS, max(image.size) // 4)
    weighs = image.width * image.height > (HEAVY_WHOLE if whole else HEAVY_PIXELS)
    # The long wait first: who waits for it must not keep a light picture from the places.
    with heavy.alone() if weighs else nullcontext(), _AT_ONCE, _or_in_words():
        return _decode(image, data, kind, longest)


@contextmanager
def _or_in_words() -> Iterator[None]:
    try:
        yield
    except ImageRejected:
        raise
    except Exception as trouble:  # decoders raise almost anything on a broken file
        raise ImageRejected("照片已损坏或没有传完。请重新选择照片，或重新拍一张。") from trouble


def _coefficients(data: bytes) -> int:
    """Bytes that libjpeg keeps of this JPEG until its last scan. Raises ImageRejected."""
    header = jpeg_header(data)
    if header.coefficients > MOST_COEFFICIENTS:
        raise _too_large(header.size)
    if header.coefficients and jpeg_scans(data) > MOST_SCANS:
        raise ImageRejected("照片的存储方式不正常，无法处理。请直接用手机重新拍一张。")
    return header.coefficients


def _opened(data: bytes, kind: Format, whole: bool) -> Image.Image:
    """The file with its header read and checked, nothing decoded. Raises ImageRejected."""
    if kind == "PNG":
        check_png_chunks(data)
    if kind == "HEIF":
        heif.register()
    if kind == "WEBP":
        _check_size(webp_size(data), whole)  # Pillow makes two canvases of this size at once
    if kind == "WEBP" and webp_moves(data):
        raise _moving()
    with _quietly():
        image = Image.open(BytesIO(data), formats=(kind,))
    _check_size(image.size, whole, heif.weight(image) if kind == "HEIF" else 1)
    if kind == "PNG" and getattr(image, "is_animated", False):
        raise _moving()
    return image


def _decode(image: Image.Image, data: bytes, kind: Format, longest: int | None) -> Picture:
    (width, height), profile = image.size, image.info.get("icc_profile")
    pixels = _pixels(image, data, kind, longest)
    with _quietly():
        orientation = _orientation(image)  # only now: a PNG would decode itself to look for its EXIF block
    image.close()  # gives back its pixels, and the whole file with them
    upright = _to_srgb(pixels, profile)
    if orientation in _TURNS:
        upright = upright.transpose(_TURNS[orientation])
    if orientation >= 5:
        width, height = height, width
    upright.info.clear()
    return Picture(upright, width, height, kind)


def _pixels(image: Image.Image, data: bytes, kind: Format, longest: int | None) -> Image.Image:
    """A picture of its own in RGB, L or CMYK on white, at most `longest` pixels a side."""
    size = reducing.within(image.size, longest)
    if kind == "WEBP":
        return reducing.flat(webp.read(data, size))
    if kind == "HEIF":
        return reducing.reduce(heif.strips(data), size)
    if longest and kind == "JPEG":
        image.draft(image.mode, size)
    image.load()
    return reducing.of_image(image, size)


@contextmanager
def _quietly() -> Iterator[None]:
    """Without Pillow's warnings of broken EXIF and the like, which is dropped anyway."""
    with _OPENING, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _orientation(image: Image.Image) -> int:
    try:
        turn = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # a broken EXIF block is no reason to refuse the photo
        return 1
    return turn if turn in _TURNS else 1


def _check_size(size: tuple[int, int], whole: bool, weight: float = 1) -> None:
    shortest, longest = sorted(size)
    if shortest * longest * weight > (LARGEST_WHOLE if whole else LARGEST_PIXELS):
        raise _too_large(size)
    if shortest < SMALLEST_SIDE:
        raise ImageRejected("图片太小，看不清内容。请上传清晰的原图，或重新拍一张。")
    if longest > shortest * LONGEST_TO_SHORTEST:
        raise ImageRejected("图片又细又长，不像照片。请上传完整的照片，或重新拍一张。")


def _moving() -> ImageRejected:
    return ImageRejected("这是动图，不能使用。请上传一张普通的照片。")


def _too_large(size: tuple[int, int]) -> ImageRejected:
    millions = size[0] * size[1] / 1e6
    return ImageRejected(f"照片有 {millions:.0f} 百万像素，太大了。请把相机调到普通清晰度，重新拍一张。")


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
