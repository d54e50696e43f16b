import io
import resource
import struct
import zipfile
import zlib
from collections.abc import Sequence
from typing import Any

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from renewal.images.decode import LARGEST_BYTES, decode
from renewal.images.errors import ImageRejected
from tests.images.pictures import to_bytes

QUARTERS = ((200, 0, 0), (0, 160, 0), (0, 0, 200), (240, 240, 240))


def quartered(width: int = 120, height: int = 80) -> Image.Image:
    """Red, green, blue and near-white quarters, read like text: tells every way of turning apart."""
    image = Image.new("RGB", (width, height))
    for number, colour in enumerate(QUARTERS):
        left, top = width // 2 * (number % 2), height // 2 * (number // 2)
        image.paste(colour, (left, top, left + width // 2, top + height // 2))
    return image


def corners(image: Image.Image) -> list[tuple[int, ...]]:
    width, height = image.size
    spots = ((8, 8), (width - 9, 8), (8, height - 9), (width - 9, height - 9))
    return [image.getpixel(spot) for spot in spots]


def assert_quartered(image: Image.Image, tolerance: int = 12) -> None:
    for seen, meant in zip(corners(image), QUARTERS, strict=True):
        assert all(abs(a - b) <= tolerance for a, b in zip(seen, meant, strict=True)), corners(image)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_is_read_by_its_content(kind):
    pillow_heif.register_heif_opener()
    picture = decode(to_bytes(quartered(), kind, quality=95))
    assert (picture.format, picture.width, picture.height, picture.image.mode) == (kind, 120, 80, "RGB")
    assert_quartered(picture.image)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_exif_orientation_comes_out_upright(orientation, kind):
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the Transpose that a camera would have applied
    stored = quartered()
    if orientation in undo:
        stored = stored.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = decode(to_bytes(stored, kind, quality=95, exif=exif))
    assert (picture.width, picture.height) == picture.image.size == (120, 80)
    assert_quartered(picture.image)


def test_metadata_is_dropped():
    exif = Image.Exif()
    exif[0x010F] = "a maker"
    picture = decode(to_bytes(quartered(), exif=exif, comment=b"a comment"))
    assert picture.image.info == {}
    assert not picture.image.getexif()


def test_a_broken_exif_block_does_not_spoil_the_photo():
    picture = decode(to_bytes(quartered(), exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x09\x00garbage"))
    assert picture.image.size == (120, 80)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16"])
@pytest.mark.parametrize("longest", [None, 50])
def test_every_png_mode_becomes_rgb(mode, longest):
    if mode == "I;16":
        stored = Image.frombytes("I;16", (120, 80), struct.pack("<H", 40_000) * 120 * 80)
    elif mode == "PA":
        stored = quartered().quantize(16)
        stored.info["transparency"] = bytes([0] * 8 + [255] * 8)
    else:
        stored = quartered().convert(mode)
    picture = decode(to_bytes(stored, "PNG"), longest=longest)
    assert picture.image.mode == "RGB"
    assert (picture.width, picture.height) == (120, 80)
    assert max(picture.image.size) == (longest or 120)
    if mode == "I;16":
        assert picture.image.getpixel((10, 10)) == (156, 156, 156)


def test_what_is_clear_is_laid_on_white():
    picture = decode(to_bytes(Image.new("RGBA", (60, 60), (0, 0, 0, 0)), "PNG"))
    assert picture.image.getpixel((30, 30)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
@pytest.mark.parametrize("progressive", [True, False])
def test_grey_and_cmyk_jpegs_become_rgb(mode, progressive):
    picture = decode(to_bytes(quartered().convert(mode), progressive=progressive, quality=95))
    assert picture.image.mode == "RGB"
    if mode == "CMYK":
        assert_quartered(picture.image, 20)


def swapped_profile() -> bytes:
    """An sRGB profile that calls red blue and blue red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_colours_are_converted_from_the_embedded_profile_to_srgb(kind):
    red, green, blue = (quartered().getchannel(band) for band in "RGB")
    swapped = Image.merge("RGB", (blue, green, red))
    picture = decode(to_bytes(swapped, kind, quality=95, icc_profile=swapped_profile()))
    assert_quartered(picture.image)


def test_an_srgb_profile_changes_nothing():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert_quartered(decode(to_bytes(quartered(), "PNG", icc_profile=profile)).image)


def test_a_profile_that_does_not_fit_is_ignored():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert_quartered(decode(to_bytes(quartered(), "PNG", icc_profile=lab)).image)


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (1201, 1200)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_photo_is_reduced_to_the_longest_side(size, kind):
    picture = decode(to_bytes(quartered(*size), kind, quality=95), longest=1200)
    assert max(picture.image.size) == 1200
    assert (picture.width, picture.height) == size
    assert abs(picture.image.width / picture.image.height - size[0] / size[1]) < 0.002
    assert_quartered(picture.image)


MODES = {
    "JPEG": ("L", "RGB", "CMYK"),
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "WEBP": ("RGB", "RGBA"),
    "HEIF": ("L", "RGB", "RGBA"),
}


@settings(max_examples=80, deadline=None)
@given(
    kind_and_mode=st.sampled_from([(kind, mode) for kind, modes in MODES.items() for mode in modes]),
    width=st.integers(32, 400),
    height=st.integers(32, 400),
    orientation=st.integers(1, 8),
    longest=st.none() | st.integers(32, 500),
)
def test_every_mode_size_and_orientation_comes_out_upright_in_rgb(kind_and_mode, width, height, orientation, longest):
    kind, mode = kind_and_mode
    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = decode(to_bytes(Image.new(mode, (width, height)), kind, exif=exif), longest=longest)
    turned = orientation >= 5 and kind != "HEIF"  # there the container turns the picture, and EXIF is only told
    upright = (height, width) if turned else (width, height)
    assert (picture.format, picture.width, picture.height) == (kind, *upright)
    assert (picture.image.mode, picture.image.info) == ("RGB", {})
    most = min(max(upright), longest or 400)
    assert max(picture.image.size) == most
    assert min(picture.image.size) == pytest.approx(min(upright) * most / max(upright), abs=1.01)


def png_claiming(width: int, height: int, more: Sequence[bytes] = ()) -> bytes:
    """A PNG whose header claims a size that nothing behind it backs, with `more` chunks."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = b"IDAT" + zlib.compress(b"\x00" * 1000)
    body = b"".join(
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in (header, *more, pixels, b"IEND")
    )
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_claiming(width: int, height: int, **options: Any) -> bytes:
    """A JPEG whose header claims a size that nothing behind it backs."""
    data = to_bytes(quartered(), **options)
    frame = data.index(b"\xff\xc2" if options.get("progressive") else b"\xff\xc0")
    return data[: frame + 5] + struct.pack(">HH", height, width) + data[frame + 9 :]


def scan_by_scan(data: bytes) -> bytes:
    """A JPEG as if its first scan brought one colour only, so that a decoder keeps everything until the last."""
    scan = data.index(b"\xff\xda")
    return data[: scan + 4] + b"\x01" + data[scan + 5 :]


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("photo.txt", "not a photo")
    return buffer.getvalue()


def animated(kind: str) -> bytes:
    frames = [quartered(), quartered().rotate(180)]
    return to_bytes(frames[0], kind, save_all=True, append_images=frames[1:])


def moving(webp: bytes) -> bytes:
    """The WebP with its header saying that it is an animation."""
    return webp[:20] + bytes([webp[20] | 0x02]) + webp[21:]


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "empty": (b"", "空"),
    "text named jpg": (b"hello" * 100, "没有认出"),
    "PDF": (b"%PDF-1.7\n" + b"0" * 500, "PDF"),
    "SVG": (SVG, "SVG"),
    "ZIP": (zipped(), "压缩包"),
    "GIF": (to_bytes(quartered(), "GIF"), "GIF"),
    "BMP": (to_bytes(quartered(), "BMP"), "BMP"),
    "animated WebP": (animated("WEBP"), "动图"),
    "animated PNG": (animated("PNG"), "动图"),
    "animated WebP of one picture": (moving(to_bytes(quartered(), "WEBP", exif=b"Exif\x00\x00MM")), "动图"),
    "truncated JPEG": (to_bytes(quartered(600, 400))[:3000], "损坏"),
    "truncated PNG": (to_bytes(quartered(), "PNG")[:-40], "损坏"),
    "header of a JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "损坏"),
    "header of a HEIC": (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 60, "损坏"),
    "header of a WebP": (b"RIFF\x00\x00\x00\x00WEBP", "损坏"),
    "1×1": (to_bytes(Image.new("RGB", (1, 1)), "PNG"), "太小"),
    "20000×20": (to_bytes(Image.new("RGB", (20_000, 20)), "PNG"), "太小"),
    "20000×100": (to_bytes(Image.new("RGB", (20_000, 100)), "PNG"), "又细又长"),
    "a PNG of 200 MP": (png_claiming(20_000, 10_000), "太大"),
    "a PNG of 4 gigapixels": (png_claiming(65_000, 65_000), "太大"),
    "JPEG and ZIP at once": (to_bytes(quartered()) + zipped(), "夹带"),
    "JPEG and HTML at once": (to_bytes(quartered(), comment=b"<script>alert(1)</script>"), "夹带"),
    "a PNG of 28 MP": (png_claiming(7_000, 4_000), "28 百万像素，太大"),
    "a JPEG of 101 MP": (jpeg_claiming(10_100, 10_000), "101 百万像素，太大"),
    "a progressive JPEG of 28 MP": (jpeg_claiming(7_000, 4_000, progressive=True), "28 百万像素，太大"),
    "a progressive JPEG of 26 MP, 4:4:4": (
        jpeg_claiming(6_240, 4_160, progressive=True, subsampling=0),
        "26 百万像素，太大",
    ),
    "a JPEG of 28 MP, a scan for each colour": (scan_by_scan(jpeg_claiming(7_000, 4_000)), "28 百万像素，太大"),
    "a JPEG of nothing but padding": (b"\xff\xd8" + b"\xff" * 10_000_000, "损坏"),
    "a JPEG of endless segments": (b"\xff\xd8" + b"\xff\xe0\x00\x02" * 2_500_000, "损坏"),
    "a PNG of endless chunks": (png_claiming(80, 80, (b"prVt",) * 800_000), "损坏"),
    "too many bytes": (b"\xff\xd8\xff" + b"\x00" * LARGEST_BYTES, "20 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused_in_words(name):
    data, words = REFUSED[name]
    with pytest.raises(ImageRejected, match=words) as refusal:
        decode(data, longest=1200)
    assert str(refusal.value).endswith("。")


def test_a_jpeg_with_endless_scans_is_refused_before_it_is_decoded():
    data = to_bytes(quartered(), progressive=True)
    scan = data.index(b"\xff\xda")
    with pytest.raises(ImageRejected, match="存储方式"):
        decode(data[:scan] + data[scan:-2] * 60 + data[-2:])


def test_a_huge_webp_is_refused_before_its_canvas_is_made():
    header = b"VP8X\x0a\x00\x00\x00\x00\x00\x00\x00" + (16_000).to_bytes(3, "little") * 2
    with pytest.raises(ImageRejected, match="太大"):
        decode(b"RIFF\x00\x00\x00\x00WEBP" + header + b"\x00" * 100)


def test_a_large_png_needs_little_more_than_its_own_pixels():
    data = to_bytes(Image.new("RGBA", (4000, 3000), "teal"), "PNG")
    before = peak_kilobytes()
    decode(data, longest=1200)
    assert peak_kilobytes() - before < 60_000 + 4 * 12_000_000 / 1024


def test_a_photo_with_a_second_one_behind_it_is_still_a_photo():
    """Phones append a depth map or a gain map and call the whole MPO."""
    data = to_bytes(quartered(2400, 1600), "MPO", save_all=True, append_images=[quartered().rotate(180)])
    picture = decode(data, longest=600)
    assert (picture.format, picture.width, picture.image.size) == ("JPEG", 2400, (600, 400))
    assert_quartered(picture.image)


def peak_kilobytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
