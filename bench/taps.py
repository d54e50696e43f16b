"""What the journey asks of fingers, from home to 提交成功: `python -m bench.taps`."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.e2e.browsers import launch
from tests.e2e.counting import count
from tests.e2e.serving import serve


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        for serial, view in enumerate(("normal view", "关怀版")):
            fingers = count(browser, address, Path(folder), serial, elder=view == "关怀版")
            print(f"{view:12} {fingers.taps:3} taps  {fingers.keys:3} keys")
        browser.close()


if __name__ == "__main__":
    main()
