"""Files that mean harm, or come close to the limits, for the bench."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def _flat(width: int, height: int, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (width, height), "teal")


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    """A true PNG of nothing but zeros, packed row by row: small on the wire, huge in memory."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(3 * width + 1)) for _ in range(height)) + packer.flush()
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (header, *chunks, b"IDAT" + rows, b"IEND")
    sealed = (struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part)) for part in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(sealed)


def _zip() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(10_000_000))
    return buffer.getvalue()


def _endless_scans() -> bytes:
    data = _saved(_flat(4000, 3000), "JPEG", progressive=True)
    scan = data.index(b"\xff\xda")
    return data[:scan] + data[scan:-2] * 200 + data[-2:]


def _animated(kind: str) -> bytes:
    frames = [Image.effect_noise((800, 800), 60 + step).convert("RGB") for step in range(8)]
    return _saved(frames[0], kind, save_all=True, append_images=frames[1:])


def _heic() -> bytes:
    import pillow_heif

    pillow_heif.register_heif_opener()
    return _saved(_flat(5900, 4400), "HEIF", quality=30)


REFUSED: dict[str, Callable[[], bytes]] = {
    "zero bytes": lambda: b"",
    "20 MB of nothing": lambda: b"\xff\xd8\xff" + bytes(21_000_000),
    "PNG bomb, 200 MP": lambda: _png(20_000, 10_000),
    "PNG bomb, 100 MP": lambda: _png(10_000, 10_000),
    "PNG with a profile bomb": lambda: _png(
        400,
        400,
        b"iCCPx\x00\x00" + zlib.compress(bytes(200_000_000)),
        b"zTXtx\x00\x00" + zlib.compress(bytes(200_000_000)),
    ),
    "JPEG, 200 MP": lambda: _saved(_flat(20_000, 10_000, "L"), "JPEG", quality=10),
    "JPEG, endless scans": _endless_scans,
    "WebP, 200 MP claimed": lambda: (
        b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00"
        + (16_000).to_bytes(3, "little") * 2
        + bytes(100)
    ),
    "truncated": lambda: _saved(Image.effect_noise((4000, 3000), 90), "JPEG")[:-200_000],
    "JPEG and ZIP at once": lambda: _saved(_flat(800, 800), "JPEG") + _zip(),
    "animated PNG": lambda: _animated("PNG"),
    "animated WebP": lambda: _animated("WEBP"),
    "GIF": lambda: _animated("GIF"),
    "1×1": lambda: _saved(_flat(1, 1), "PNG"),
    "20000×20": lambda: _saved(_flat(20_000, 20), "PNG"),
    "SVG": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    "PDF": lambda: b"%PDF-1.7\n" + bytes(100_000),
    "ZIP named .jpg": _zip,
}
AT_THE_LIMIT: dict[str, Callable[[], bytes]] = {
    "JPEG, 100 MP": lambda: _saved(_flat(12_500, 8_000), "JPEG"),
    "progressive JPEG, 20 MP": lambda: _saved(
        Image.effect_noise((5400, 3700), 40).convert("RGB"), "JPEG", progressive=True
    ),
    "PNG with alpha, 13 MP": lambda: _saved(_flat(4300, 3020, "RGBA"), "PNG"),
    "WebP, 13 MP": lambda: _saved(_flat(4300, 3020), "WEBP"),
    "HEIC, 26 MP": _heic,
}
