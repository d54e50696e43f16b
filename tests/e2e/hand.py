"""A phone whose owner stands before 附件, driven by touch."""

import base64
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from tests.e2e.cdp import Point, Send, touch_stroke
from tests.e2e.walk import Driver

# Keeps what goes up, and holds it back while a test says so.
RECORDER = """(() => {
window.sent = []; window.held = [];
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (body) {
  sent.push(body instanceof FormData ? [...body.entries()] : body);
  if (window.hold) held.push(() => send.call(this, body)); else send.call(this, body);
};
})()"""
QUIET = "!document.querySelector('.htmx-request')"
FILES = "sent.map(body => body.filter(([name, value]) => value.size)).map(([[name, file]]) => file)"
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

    def upload(self, file: Path, selector: str = "#portrait-camera") -> Image.Image:
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
        """Open the pad and write, by fractions of the sheet's canvas."""
        if not self.evaluate("!!document.querySelector('[role=dialog] canvas')"):
            self.click("[data-pad]")
            self.wait_for("!!document.querySelector('[role=dialog] canvas')")
            # In its first frames an old browser still takes a stroke for scrolling.
            self.evaluate("new Promise(done => setTimeout(done, 200))")
        left, top, width, height = self.box("[role=dialog] canvas")
        on_its_side = height > width
        for stroke in strokes:
            turned = [(1 - y, x) if on_its_side else (x, y) for x, y in stroke]
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
