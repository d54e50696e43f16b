"""Draws the READMEs' strip of real pages: `make screenshots`."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.e2e.browsers import launch, phone
from tests.e2e.serving import serve
from tests.e2e.walk import Current, Walk
from tests.factories import person

STRIP = Path(__file__).with_name("strip.png")
SHOWN = ("监理工程师注册服务", "人脸识别", "申报信息", "手写签名预览", "申报告知")
WIDTH, HEIGHT, GAP = 360, 640, 16


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        with phone(browser, base_url=address) as page:
            walk, shots = Walk(Current(page), address, person(), Path(folder)), []
            for tap in walk.taps():
                walk.make(tap)
                if tap.heading in SHOWN:
                    page.evaluate("scrollTo(0, 0)")
                    page.wait_for_timeout(300)
                    shots.append(Image.open(io.BytesIO(page.screenshot())).resize((WIDTH, HEIGHT)))
        browser.close()
    strip = Image.new("RGB", (len(shots) * (WIDTH + GAP) - GAP, HEIGHT), "white")
    for index, shot in enumerate(shots):
        strip.paste(shot, (index * (WIDTH + GAP), 0))
    strip.quantize(256).save(STRIP, optimize=True)
    print(STRIP, STRIP.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
