"""What a file is, told from its bytes before any decoder sees them."""

import struct
import zipfile
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


def jpeg_scans(data: bytes) -> int:
    """How many scans the JPEG file has; inside compressed data a marker cannot occur, so counting is enough."""
    return data.count(b"\xff\xda")
