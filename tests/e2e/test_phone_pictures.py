"""On the phone: photos are scaled before they go up, a finger signs on the pad and moves the portrait."""

import base64
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import Browser
from skimage import data

from tests.e2e import axe
from tests.e2e.browsers import elder_view, old_phone, phone
from tests.e2e.cdp import Point, Send, touch_stroke
from tests.e2e.walk import Current, Driver, Walk
from tests.factories import person, portrait_jpeg

serials = count(300)

# Keeps what goes up, and holds it back while a test says so.
RECORDER = """(() => {
window.sent = []; window.held = [];
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (body) {
  sent.push(body instanceof FormData ? [...body.entries()] : body);
  if (window.hold) held.push(() => send.call(this, body)); else send.call(this, body);
};
})()"""
SLOW_CANVAS = """(() => {
window.late = [];
const { prototype } = HTMLCanvasElement, encode = prototype.toBlob;
prototype.toBlob = function (...how) {
  late.push(() => { prototype.toBlob = encode; this.toBlob(...how); });
};
})()"""
QUIET = "!document.querySelector('.htmx-request')"
FILES = "sent.map(body => body.filter(([name, value]) => value.size)).map(([[name, file]]) => file)"

RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 170, 60), (40, 60, 220), (230, 210, 40)
NAME = [
    [(0.2, 0.3), (0.3, 0.25), (0.4, 0.3)],
    [(0.3, 0.15), (0.28, 0.4), (0.2, 0.6)],
    [(0.45, 0.2), (0.5, 0.6), (0.55, 0.3), (0.6, 0.6), (0.7, 0.25)],
]


@dataclass
class Hand:
    """A phone whose owner stands before 附件."""

    driver: Driver
    send: Send
    address: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.driver, name)

    def open(self, path: str) -> None:
        self.goto(self.address + path)
        loaded = "performance.getEntriesByType('resource').filter(({name}) => /pictures-/.test(name)).length"
        self.wait_for(loaded)
        self.evaluate("new Promise(done => setTimeout(done, 200))")  # from its last byte to its having run
        self.evaluate(RECORDER)

    def turn(self, width: int, height: int) -> None:
        screen = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": True}
        self.send("Emulation.setDeviceMetricsOverride", screen)
        self.wait_for(f"innerWidth == {width}")

    def box(self, selector: str) -> tuple[float, float, float, float]:
        self.wait_for(f"!!document.querySelector({selector!r})")
        left, top, width, height = self.evaluate(
            f"(e => {{ e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect();"
            f" return [r.left, r.top, r.width, r.height] }})(document.querySelector({selector!r}))"
        )
        return left, top, width, height

    def upload(self, file: Path, selector: str = "#portrait") -> Image.Image:
        """Choose a picture and wait for the answer; what went up."""
        before = self.evaluate("sent.length")
        self.set_files(selector, file)
        self.wait_for(f"sent.length > {before} && {QUIET}", 30)
        assert self.evaluate("sent.length") == before + 1, "sent twice"
        return Image.open(io.BytesIO(self.last_file()))

    def last_file(self) -> bytes:
        url = self.evaluate(
            f"new Promise(done => {{ const reader = new FileReader(); reader.onload = () => done(reader.result);"
            f" reader.readAsDataURL({FILES}.pop()) }})"
        )
        return base64.b64decode(url.partition(",")[2])

    def sign(self, strokes: list[list[Point]] = NAME) -> None:
        """Open the pad and write, by fractions of the landscape sheet's canvas."""
        if not self.evaluate("!!document.querySelector('[role=dialog] canvas')"):
            self.click("[data-pad]")
            self.wait_for("!!document.querySelector('[role=dialog] canvas')")
            # In its first frames an old browser still takes a stroke for scrolling.
            self.evaluate("new Promise(done => setTimeout(done, 200))")
        left, top, width, height = self.box("[role=dialog] canvas")
        upright = self.evaluate("innerHeight > innerWidth")
        for stroke in strokes:
            turned = [(1 - y, x) if upright else (x, y) for x, y in stroke]
            touch_stroke(self.send, [(left + x * width, top + y * height) for x, y in turned])

    def press(self, words: str) -> None:
        """Tap a button of the pad."""
        names = ["取消", "清除", "撤销", "完成"]
        self.click(f"[role=dialog] button:nth-of-type({names.index(words) + 1})")

    def ink(self) -> int:
        """Pixels written on the pad's canvas."""
        return int(
            self.evaluate(
                "(c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
                ".filter((v, i) => i % 4 == 3 && v > 127).length)(document.querySelector('[role=dialog] canvas'))"
            )
        )

    def signed(self) -> Image.Image:
        """What 完成 sends."""
        before = self.evaluate("sent.length")
        self.press("完成")
        self.wait_for(f"sent.length > {before} && {QUIET}")
        return _drawn(dict(self.evaluate("sent.slice(-1)[0].filter(([n, v]) => typeof v == 'string')")))


def _drawn(form: dict[str, str]) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(form["signature_data"].partition(",")[2]))).convert("L")


@pytest.fixture(scope="module", params=["current", 67])
def owner(request: pytest.FixtureRequest, server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    """Walked to 附件 once for each browser."""
    folder = tmp_path_factory.mktemp("walk")
    if request.param == "current":
        with phone(request.getfixturevalue("chromium"), base_url=server) as page:
            session = page.context.new_cdp_session(page)
            hand = Hand(Current(page), session.send, server)
            Walk(hand.driver, server, person(next(serials)), folder).to("附件")
            yield hand
    else:
        with old_phone(request.param) as old:
            Walk(old, server, person(next(serials)), folder).to("附件")
            yield Hand(old, old.send, server)


@pytest.fixture
def hand(owner: Hand) -> Hand:
    owner.open("/renewal/attachments")
    return owner


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
    hand.set_files("#portrait", photo)
    hand.wait_for(f"sent.length > {before} && {QUIET}", 30)
    assert hand.last_file() == photo.read_bytes()


def test_the_photo_is_seen_while_it_goes_up(hand: Hand, tmp_path: Path) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(_jpeg(corners(), 1))
    hand.evaluate("window.hold = true")
    hand.set_files("#portrait", photo)
    hand.wait_for("held.length == 1 && !!document.querySelector('.shot canvas')")
    assert hand.evaluate("document.querySelector('.shot').textContent") == "正在上传…"
    width, height = hand.box(".shot canvas")[2:]
    assert abs(width / height - 4 / 3) < 0.05
    assert hand.evaluate("document.querySelector('#signature').disabled"), "a second upload would be lost"
    hand.wait_for("document.querySelector('label[for=portrait]').classList.contains('busy')")
    hand.evaluate("hold = false; held.pop()()")
    hand.wait_for(f"{QUIET} && !document.querySelector('#signature').disabled")
    assert hand.evaluate("sent.length") == 1


def test_of_two_photos_the_last_one_goes_up(hand: Hand, tmp_path: Path) -> None:
    first, second = tmp_path / "first.jpg", tmp_path / "second.jpg"
    first.write_bytes(snapshot())
    second.write_bytes(_jpeg(corners(), 1))
    hand.evaluate(SLOW_CANVAS)
    hand.set_files("#portrait", first)
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
        hand.set_files("#selfie", selfie)
        hand.evaluate(SLOW_CANVAS)
        hand.set_files("#selfie", selfie)
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


@pytest.mark.parametrize("size", [(360, 640), (640, 360)], ids=["upright", "landscape"])
def test_a_finger_signs_on_the_pad(hand: Hand, size: tuple[int, int]) -> None:
    hand.turn(*size)
    try:
        hand.sign()
        drawn = hand.signed()
    finally:
        hand.turn(360, 640)
    assert drawn.width >= 600
    assert drawn.height >= 200
    assert drawn.width > 1.5 * drawn.height
    dark = np.asarray(drawn) < 128
    edge = np.concatenate([dark[:10].ravel(), dark[-10:].ravel(), dark[:, :10].ravel(), dark[:, -10:].ravel()])
    assert not edge.any()
    rows, columns = np.nonzero(dark)
    # The sheet's own fractions, upright in both: the name starts on the left and stands in the upper part.
    assert 0.15 < columns.min() / drawn.width < 0.3
    assert 0.6 < columns.max() / drawn.width < 0.8
    assert rows.max() / drawn.height < 0.7
    hand.wait_for("[].some.call(document.images, image => image.alt == '手写签名预览')")
    assert hand.evaluate("document.documentElement.style.overflow") == ""


def test_turning_the_phone_keeps_what_is_written(hand: Hand) -> None:
    hand.sign()
    before = hand.ink()
    try:
        hand.turn(640, 360)
        hand.wait_for("document.querySelector('[role=dialog] canvas').width > 900")
        assert 0.5 < hand.ink() / before < 2
    finally:
        hand.turn(360, 640)
    hand.wait_for("document.querySelector('[role=dialog] canvas').width < 1300")
    assert abs(hand.ink() / before - 1) < 0.05, "to and fro, it is as it was"
    columns = np.nonzero(np.asarray(hand.signed()) < 128)[1]
    assert 0.15 < columns.min() / 800 < 0.3


def test_the_pad_undoes_clears_and_refuses_nothing(hand: Hand) -> None:
    hand.sign(NAME[:1])
    one = hand.ink()
    hand.sign(NAME[1:2])
    assert hand.ink() > one
    hand.press("撤销")
    assert abs(hand.ink() - one) < 0.2 * one
    hand.press("清除")
    assert hand.ink() == 0
    hand.press("完成")
    said = "document.querySelector('[role=dialog] [role=status]').textContent"
    assert hand.evaluate(said) == "请先签名"
    hand.sign(NAME[:1])
    assert hand.evaluate(said) == "请在横线上方签名"
    assert hand.evaluate("sent.length") == 0
    hand.press("清除")
    hand.press("取消")
    hand.wait_for("!document.querySelector('[role=dialog]')")


@pytest.mark.parametrize("leave", ["history.back()", "Escape"])
def test_leaving_the_pad_loses_neither_page_nor_writing(hand: Hand, leave: str) -> None:
    hand.evaluate("window.same = true")
    hand.sign()
    before = hand.ink()
    if leave == "Escape":
        for kind in ("keyDown", "keyUp"):
            hand.send("Input.dispatchKeyEvent", {"type": kind, "key": "Escape", "code": "Escape"})
    else:
        hand.evaluate(leave)
    hand.wait_for("!document.querySelector('[role=dialog]')")
    assert hand.evaluate("window.same && location.pathname") == "/renewal/attachments"
    assert hand.evaluate("document.activeElement.hasAttribute('data-pad')")
    hand.click("[data-pad]")
    assert abs(hand.ink() / before - 1) < 0.05
    hand.press("清除")
    hand.press("取消")
    hand.wait_for("!document.querySelector('[role=dialog]')")


def test_tab_stays_on_the_pad(hand: Hand) -> None:
    hand.click("[data-pad]")
    seen = []
    for _ in range(5):
        for kind in ("rawKeyDown", "keyUp"):
            tab = {"type": kind, "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
            hand.send("Input.dispatchKeyEvent", tab)
        seen.append(hand.evaluate("document.activeElement.textContent"))
    assert seen == ["取消", "清除", "撤销", "完成", "取消"]
    hand.press("取消")
    hand.wait_for("!document.querySelector('[role=dialog]')")


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "关怀版"])
def test_the_pad_keeps_nobody_out(chromium: Browser, server: str, tmp_path: Path, elder: bool) -> None:
    """axe-core on the open pad, and buttons as large as the view promises, upright."""
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path).to("附件")
        if elder:
            elder_view(page)
        page.tap("[data-pad]")
        assert axe.violations(page) == []
        for button in page.locator("[role=dialog] button").all():
            box = button.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= (60 if elder else 44)


@pytest.fixture
def studio(hand: Hand, tmp_path: Path) -> Hand:
    photo = tmp_path / "portrait.jpg"
    photo.write_bytes(portrait_jpeg())
    hand.upload(photo)
    hand.wait_for("document.querySelector('[data-studio] figure img').complete")
    hand.evaluate("sent.length = 0")
    return hand


def steps(hand: Hand) -> dict[str, int]:
    hand.wait_for(f"sent.length && {QUIET}")
    form = parse_qs(hand.evaluate("sent[0]"), keep_blank_values=True)
    assert form["adjust"] == ["drag"]
    assert hand.evaluate("sent.length") == 1
    return {name: int(form[name][0]) for name in ("zoom", "right", "down", "turn")}


def test_a_finger_drags_the_portrait(studio: Hand) -> None:
    left, top, width, height = studio.box("[data-studio] figure img")
    x, y = left + width / 2, top + height / 2
    touch_stroke(studio.send, [(x, y), (x + 4, y - 8), (x + 8, y - 16), (x + 0.1 * height, y - 0.15 * height)])
    assert steps(studio) == {"zoom": 0, "right": 10, "down": -15, "turn": 0}
    assert studio.evaluate("document.querySelector('[data-studio] figure img').style.transform") == ""


def test_two_fingers_enlarge_and_turn_the_portrait(studio: Hand) -> None:
    left, top, width, height = studio.box("[data-studio] figure img")
    x, y = left + width / 2, top + height / 2
    studio.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 2})

    def touch(kind: str, reach: float, degrees: float) -> None:
        dx, dy = reach * np.cos(np.radians(degrees)), reach * np.sin(np.radians(degrees))
        points = [{"x": x - dx, "y": y - dy, "id": 0}, {"x": x + dx, "y": y + dy, "id": 1}]
        studio.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if reach else []})

    touch("touchStart", 30, 0)
    for part in range(1, 6):
        touch("touchMove", 30 * 1.02 ** (2 * part), 2 * part)
    touch("touchEnd", 0, 0)
    moved = steps(studio)
    assert moved["zoom"] == 10
    assert moved["turn"] == 10
    # Between the fingers stays the portrait's middle; the server would keep a place near the crown.
    assert moved["right"] == 0
    assert moved["down"] == round((0.4 / 1.02**10 - 0.4) * 100)


def test_a_tap_on_the_portrait_does_nothing(studio: Hand) -> None:
    studio.click("[data-studio] figure img")
    studio.evaluate("new Promise(done => setTimeout(done, 100))")
    assert studio.evaluate("sent.length") == 0
    assert studio.evaluate("document.querySelector('[data-studio] figure img').style.transform") == ""


def test_a_swipe_beside_the_portrait_scrolls_the_page(studio: Hand) -> None:
    studio.evaluate("scrollTo(0, 0)")
    touch_stroke(studio.send, [(180, 500 - 30 * step) for step in range(10)])
    studio.wait_for("scrollY > 50")
