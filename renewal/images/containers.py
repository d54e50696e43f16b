"""What a file is, told from its bytes before any decoder sees them."""

import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from renewal.images.errors import ImageRejected

Format = Literal["JPEG", "PNG", "WEBP", "HEIF"]

_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"mif2", b"avif")
_OTHERS = (
    (b"%PDF-", "这是 PDF 文件，不是照片。请上传 JPG 或 PNG 格式的照片。"),
    (b"PK\x03\x04", "这是压缩包或文档，不是照片。请解压后上传 JPG 或 PNG 格式的照片。"),
    (b"PK\x05\x06", "这是压缩包，不是照片。请上传 JPG 或 PNG 格式的照片。"),
    (b"GIF8", "这是 GIF 动图，不能使用。请上传 JPG 或 PNG 格式的照片。"),
    (b"BM", "不支持 BMP 格式。请换成 JPG 或 PNG 格式的照片，或直接用手机拍照。"),
)

_SCAN, _PROGRESSIVE = 0xDA, 0xC2
_FRAMES = (0xC0, 0xC1, _PROGRESSIVE)
_STRANGE_FRAMES = (0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF)
# Millions of empty parts would keep Pillow, which walks through them in Python, busy for seconds.
_MOST_SEGMENTS = 2000  # 20 MB in the longest ones are 320
_MOST_CHUNKS = 10_000  # 20 MB in libpng's are 2,560

_UNKNOWN = "没有认出这张图片。请上传 JPG 或 PNG 格式的照片，或直接用手机拍照。"
_STOWAWAY = "这个文件里还夹带了照片以外的内容，不能使用。请直接用手机重新拍一张。"


def recognise(data: bytes) -> Format:
    """The kind of picture in the file, by its first bytes, never by its name.

    Raises ImageRejected for anything that is no still photo, and for a photo that is at the same
    time a valid ZIP, PDF or HTML file (a polyglot).
    """
    if data[:3] == b"\xff\xd8\xff":
        kind: Format = "JPEG"
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        kind = "PNG"
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "WEBP"
    elif data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS:
        kind = "HEIF"
    else:
        raise ImageRejected(_why_not(data))
    if _is_polyglot(data):
        raise ImageRejected(_STOWAWAY)
    return kind


def _why_not(data: bytes) -> str:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for magic, words in _OTHERS:
        if start.startswith(magic):
            return words
    if b"<svg" in start.lower():
        return "这是 SVG 矢量图，不是照片。请上传 JPG 或 PNG 格式的照片。"
    return _UNKNOWN


def _is_polyglot(data: bytes) -> bool:
    start = data[:1024].lower()  # where a PDF reader or a browser that guesses would look
    if any(mark in start for mark in (b"%pdf-", b"<html", b"<script", b"<svg", b"<?php")):
        return True
    return zipfile.is_zipfile(BytesIO(data))


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height from the first chunk of a WebP file (RFC 9649), without decoding it.

    Raises struct.error or ValueError when the file is too short or the chunk is unknown.
    """
    chunk = data[12:16]
    if chunk == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if chunk == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("unknown WebP chunk")


@dataclass(frozen=True)
class JpegHeader:
    """What comes before the first scan. `coefficients`: bytes that libjpeg keeps of the picture until its last scan,
    0 when one scan carries everything."""

    size: tuple[int, int]
    coefficients: int


def jpeg_header(data: bytes) -> JpegHeader:
    """Read a JPEG up to its first scan, in a bounded number of steps.

    Raises ValueError, IndexError or struct.error when it is broken, or of a kind that no camera writes (lossless,
    arithmetic, hierarchical).
    """
    size, samplings, progressive = (0, 0), b"", False
    for marker, content in _jpeg_segments(data):
        if marker == _SCAN:
            in_parts = progressive or data[content] < len(samplings)
            return JpegHeader(size, _coefficients(size, samplings) if in_parts else 0)
        if marker in _FRAMES:
            height, width, components = struct.unpack_from(">HHB", data, content + 1)
            size, samplings = (width, height), data[content + 7 : content + 6 + 3 * components : 3]
            progressive = marker == _PROGRESSIVE
        elif marker in _STRANGE_FRAMES:
            raise ValueError("no camera writes this kind of JPEG")
    raise ValueError("no scan in sight")


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Each marker and where its content begins."""
    position = 2
    for _ in range(_MOST_SEGMENTS):
        marker = data[position + 1]
        if data[position] != 0xFF:
            raise ValueError("no marker where one should be")
        if marker == 0xFF:  # one may be padded with any number
            position += 1
            continue
        yield marker, position + 4
        (length,) = struct.unpack_from(">H", data, position + 2)
        position += 2 + length


def _coefficients(size: tuple[int, int], samplings: bytes) -> int:
    """Two bytes for each of the 64 of a block; an incomplete one at the edge counts as a whole."""
    across, down = max(byte >> 4 for byte in samplings), max(byte & 15 for byte in samplings)
    units = -(-size[0] // (8 * across)) * -(-size[1] // (8 * down))
    return units * sum((byte >> 4) * (byte & 15) for byte in samplings) * 64 * 2


def check_png_chunks(data: bytes) -> None:
    """Raises ValueError or struct.error when a PNG is cut off, or in more chunks than anything writes."""
    position = 8
    for _ in range(_MOST_CHUNKS):
        length, name = struct.unpack_from(">I4s", data, position)
        if name == b"IEND":
            return
        position += 12 + length
    raise ValueError("no end in sight")


def webp_moves(data: bytes) -> bool:
    """Whether a WebP file says that it is an animation."""
    return data[12:16] == b"VP8X" and bool(data[20] & 0x02)


def jpeg_scans(data: bytes) -> int:
    """How many scans the JPEG file has; inside compressed data a marker cannot occur, so counting is enough."""
    return data.count(b"\xff\xda")
