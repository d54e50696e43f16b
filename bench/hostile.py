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


def _photo(width: int, height: int) -> Image.Image:
    """Soft shapes, as a photo's are: noise of this size has more bytes than may be sent."""
    return Image.effect_noise((width // 16, height // 16), 90).convert("RGB").resize((width, height))


def _with_alpha(width: int, height: int) -> Image.Image:
    picture = _photo(width, height)
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    return picture


def _heic(width: int, height: int, mode: str = "RGB", **options: object) -> bytes:
    import pillow_heif

    pillow_heif.register_heif_opener()
    fast = {"preset": "ultrafast"}
    return _saved(_photo(width, height).convert(mode), "HEIF", quality=30, enc_params=fast, **options)


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
    "JPEG, endless padding": lambda: b"\xff\xd8" + b"\xff" * 20_000_000,
    "JPEG, endless segments": lambda: b"\xff\xd8" + b"\xff\xe0\x00\x02" * 5_000_000,
    "PNG, endless chunks": lambda: _png(400, 400, *((b"prVt",) * 1_700_000)),
    "progressive JPEG, 32 MP": lambda: _saved(_flat(6500, 4900), "JPEG", progressive=True),
    "WebP, 32 MP": lambda: _saved(_flat(6500, 4900), "WEBP", method=0),
    "PNG, 32 MP": lambda: _saved(_flat(6500, 4900), "PNG", compress_level=1),
    "HEIC, 50 MP": lambda: _heic(8160, 6120, tile_size=512),
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
_12, _24, _26 = (4000, 3000), (6000, 4000), (6240, 4160)
AT_THE_LIMIT: dict[str, Callable[[], bytes]] = {
    "JPEG, 12 MP": lambda: _saved(_photo(*_12), "JPEG"),
    "JPEG, 50 MP": lambda: _saved(_photo(8160, 6120), "JPEG"),
    "JPEG, 100 MP": lambda: _saved(_photo(12_240, 8_160), "JPEG"),
    "progressive JPEG, 12 MP": lambda: _saved(_photo(*_12), "JPEG", progressive=True),
    "progressive JPEG, 26 MP": lambda: _saved(_photo(*_26), "JPEG", progressive=True),
    "progressive JPEG, 24 MP, 4:4:4": lambda: _saved(_photo(*_24), "JPEG", progressive=True, subsampling=0),
    "PNG, 12 MP": lambda: _saved(_photo(*_12), "PNG", compress_level=3),
    "PNG, 26 MP": lambda: _saved(_photo(*_26), "PNG", compress_level=3),
    "PNG with alpha, 26 MP": lambda: _saved(_with_alpha(*_26), "PNG", compress_level=3),
    "WebP, 12 MP": lambda: _saved(_photo(*_12), "WEBP", method=0),
    "WebP, 26 MP": lambda: _saved(_photo(*_26), "WEBP", method=0),
    "lossless WebP, 26 MP": lambda: _saved(_photo(*_26), "WEBP", lossless=True, method=0, quality=0),
    "lossless WebP with alpha, 26 MP": lambda: _saved(_with_alpha(*_26), "WEBP", lossless=True, method=0, quality=0),
    "HEIC, 12 MP": lambda: _heic(*_12, tile_size=512),
    "HEIC, 26 MP": lambda: _heic(*_26),
    "HEIC in tiles, 26 MP": lambda: _heic(*_26, tile_size=512),
    "HEIC with alpha, 12 MP": lambda: _heic(*_12, "RGBA"),
}
