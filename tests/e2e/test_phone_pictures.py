"""On the phone: photos are scaled before they go up."""

import io
from functools import cache
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import Browser
from skimage import data

from tests.e2e.browsers import old_phone, phone
from tests.e2e.cdp import Send
from tests.e2e.hand import QUIET, Hand
from tests.e2e.walk import Current, Driver, Walk, serials
from tests.factories import person, portrait_jpeg

SLOW_CANVAS = """(() => {
window.late = [];
const { prototype } = HTMLCanvasElement, encode = prototype.toBlob;
prototype.toBlob = function (...how) {
  late.push(() => { prototype.toBlob = encode; this.toBlob(...how); });
};
})()"""
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 170, 60), (40, 60, 220), (230, 210, 40)


@cache
def snapshot() -> bytes:
    """What a phone's camera makes: 12 megapixels lying on their side, about 4 MB."""
    upright = Image.fromarray(data.astronaut()).resize((3000, 3000), Image.Resampling.BICUBIC)
    pixels = np.pad(np.asarray(upright), ((500, 500), (0, 0), (0, 0)), mode="edge").astype(np.int16)
    noise = np.random.default_rng(7).normal(0, 9, pixels.shape[:2])[..., None]
    picture = Image.fromarray(np.clip(pixels + noise, 0, 255).astype(np.uint8))
    return _jpeg(picture.transpose(Image.Transpose.ROTATE_90), 6, 89)


def _jpeg(picture: Image.Image, orientation: int, quality: int = 90) -> bytes:
    exif, file = Image.Exif(), io.BytesIO()
    exif[0x0112] = orientation
    picture.save(file, "JPEG", quality=quality, exif=exif)
    return file.getvalue()


def corners(width: int = 1600, height: int = 1200) -> Image.Image:
    """Four colours: which way up it is and whether it is mirrored is seen at a glance."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste(GREEN, (width // 2, 0, width, height // 2))
    picture.paste(BLUE, (0, height // 2, width // 2, height))
    picture.paste(YELLOW, (width // 2, height // 2, width, height))
    return picture


# How a camera that writes this orientation has stored an upright picture.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def shows_corners(picture: Image.Image) -> bool:
    width, height = picture.size
    places = [(width // 4, height // 4), (3 * width // 4, height // 4)]
    places += [(x, 3 * height // 4) for x, _ in places]
    seen = [picture.convert("RGB").getpixel(place) for place in places]
    return all(np.abs(np.subtract(a, b)).max() < 40 for a, b in zip(seen, (RED, GREEN, BLUE, YELLOW), strict=True))


def test_a_snapshot_goes_up_small_and_upright(hand: Hand, tmp_path: Path) -> None:
    photo = tmp_path / "IMG_0001.jpg"
    photo.write_bytes(snapshot())
    assert photo.stat().st_size > 3_000_000
    picture = hand.upload(photo)
    assert len(hand.last_file()) <= 100_000
    assert picture.format == "JPEG"
    assert picture.getexif().get(0x0112, 1) == 1
    assert picture.height > picture.width >= 500
    assert picture.height <= 1200
    truth = Image.fromarray(data.astronaut()).convert("L").resize((60, 60))
    top = round(picture.height / 8)
    seen = picture.convert("L").crop((0, top, picture.width, picture.height - top)).resize((60, 60))
    assert np.abs(np.subtract(truth, seen, dtype=np.float64)).mean() < 8
    hand.wait_for("document.querySelector('main img').alt == '一寸白底免冠照预览'")


def test_every_orientation_comes_out_right(hand: Hand, tmp_path: Path) -> None:
    wrong = []
    for orientation, stored in STORED.items():
        picture = corners() if stored is None else corners().transpose(stored)
        photo = tmp_path / f"{orientation}.jpg"
        photo.write_bytes(_jpeg(picture, orientation))
        sent = hand.upload(photo)
        if not shows_corners(sent) or sent.size != (1200, 900):
            wrong.append((orientation, sent.size))
    assert wrong == []


def test_what_is_clear_turns_white(hand: Hand, tmp_path: Path) -> None:
    picture = Image.new("RGBA", (1000, 800))
    picture.paste((0, 0, 0, 255), (400, 300, 600, 500))
    picture.save(tmp_path / "clear.png")
    sent = hand.upload(tmp_path / "clear.png").convert("L")
    assert sent.getpixel((20, 20)) > 250
    assert sent.getpixel((sent.width // 2, sent.height // 2)) < 20


def test_a_small_upright_photo_goes_up_as_it_is(hand: Hand, tmp_path: Path) -> None:
    photo = tmp_path / "small.jpg"
    photo.write_bytes(_jpeg(corners(600, 800), 1))
    hand.upload(photo)
    assert hand.last_file() == photo.read_bytes()


@pytest.mark.parametrize("blob", [b"", b"\xff\xd8\xff\xe1\x00\x10Exif\0\0II", b"GIF87a?"])
def test_what_the_phone_cannot_read_is_left_to_the_office(hand: Hand, tmp_path: Path, blob: bytes) -> None:
    photo = tmp_path / "IMG_0002.HEIC"
    if blob:
        photo.write_bytes(blob)
    else:
        pillow_heif.from_pillow(Image.open(io.BytesIO(portrait_jpeg()))).save(photo)
    before = hand.evaluate("sent.length")
    hand.set_files("#portrait-camera", photo)
    hand.wait_for(f"sent.length > {before} && {QUIET}", 30)
    assert hand.last_file() == photo.read_bytes()


def test_the_photo_is_seen_while_it_goes_up(hand: Hand, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(_jpeg(corners(), 1))
    hand.evaluate("window.hold = true")
    hand.set_files("#portrait-camera", photo)
    hand.wait_for("held.length == 1 && !!document.querySelector('.shot canvas')")
    assert hand.evaluate("document.querySelector('.shot').textContent") == "正在上传…"
    width, height = hand.box(".shot canvas")[2:]
    assert abs(width / height - 4 / 3) < 0.05
    assert hand.evaluate("document.querySelector('#signature-camera').disabled"), "a second upload would be lost"
    hand.wait_for("document.querySelector('label[for=portrait-camera]').classList.contains('busy')")
    hand.evaluate("hold = false; held.pop()()")
    hand.wait_for(f"{QUIET} && !document.querySelector('#signature-camera').disabled")
    assert hand.evaluate("sent.length") == 1


def test_of_two_photos_the_last_one_goes_up(hand: Hand, tmp_path: Path) -> None:
    first, second = tmp_path / "first.jpg", tmp_path / "second.jpg"
    first.write_bytes(snapshot())
    second.write_bytes(_jpeg(corners(), 1))
    hand.evaluate(SLOW_CANVAS)
    hand.set_files("#portrait-camera", first)
    hand.wait_for("late.length == 1")
    hand.set_files("#portrait-album", second)
    hand.wait_for("late.length == 2")
    hand.evaluate("late.forEach(encode => encode())")
    hand.wait_for(f"sent.length && {QUIET}")
    assert shows_corners(Image.open(io.BytesIO(hand.last_file())))
    assert hand.evaluate("sent.length") == 1


@pytest.mark.parametrize("version", ["current", 67])
def test_the_selfie_waits_for_the_button(
    version: str | int, server: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """下一步 in the middle of scaling sends once, and the small one."""

    def take(driver: Driver, send: Send) -> None:
        hand = Hand(driver, send, server)
        Walk(driver, server, person(next(serials)), tmp_path).to("人脸识别")
        hand.open("/renewal/face")
        hand.click("#consent")
        selfie = tmp_path / "selfie.jpg"
        selfie.write_bytes(snapshot())
        hand.set_files("#selfie-camera", selfie)
        hand.evaluate(SLOW_CANVAS)
        hand.set_files("#selfie-camera", selfie)
        hand.wait_for("late.length == 1")
        hand.click(".go .btn")
        assert hand.evaluate("sent.length") == 0
        hand.evaluate("late[0]()")
        hand.wait_for("document.querySelector('#title').textContent == '申报须知'", 20)
        assert hand.evaluate("sent.length") == 1
        assert len(hand.last_file()) <= 100_000

    if version == "current":
        chromium: Browser = request.getfixturevalue("chromium")
        with phone(chromium, base_url=server) as page:
            take(Current(page), page.context.new_cdp_session(page).send)
    else:
        with old_phone(int(version)) as old:
            take(old, old.send)
