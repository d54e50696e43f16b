"""The browsers of the tests: the current Chromium through playwright, old ones through `cdp`."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

import brotli
from playwright.sync_api import Browser, Page, Playwright

from tests.e2e import cdp

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache"

# 67 (2018) is the oldest we promise, 72 (2019) and 92 (2021) stand for the years between, 109 (2023) is the
# last one for Windows 7. Headless shells, brotli-compressed in packages from npm.
OLD = {
    67: "chromium-67/bin/chromium.br",
    72: "chromium-72/bin/chromium-72.0.3617.0.br",
    92: "chromium-92/bin/chromium.br",
    109: "chromium-109/bin/chromium.br",
}

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--no-sandbox",  # containers and CI run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

OLD_FLAGS = (
    "--headless",
    "--single-process",  # these builds are made for servers where a browser may not fork
    "--no-zygote",
    "--disable-software-rasterizer",  # it is not in the package; without this flag a canvas ends the browser
    "--hide-scrollbars",
    "--lang=zh-CN",
    "--remote-debugging-port=0",
)


def executable() -> str | None:
    """Path of the current Chromium: $CHROMIUM, else the first on PATH; None: the one playwright installed."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    """Start the current Chromium."""
    return playwright.chromium.launch(executable_path=executable(), args=list(QUIET))


@contextmanager
def phone(browser: Browser, *, base_url: str | None = None, javascript: bool = True) -> Iterator[Page]:
    """A page of its own session on a small phone (360×640, touch, Chinese)."""
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": 360, "height": 640},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale="zh-CN",
        java_script_enabled=javascript,
    )
    try:
        yield context.new_page()
    finally:
        context.close()


def elder_view(page: Page) -> None:
    """Switch the page that is open to 关怀版, as a person would."""
    page.get_by_role("button", name="关怀版").click()
    page.get_by_role("button", name="普通版").wait_for()


def draw(page: Page, selector: str, points: list[cdp.Point]) -> None:
    """Draw a stroke on an element with a finger, as `cdp.Page.draw` does: playwright itself can only tap."""
    target = page.locator(selector)
    target.scroll_into_view_if_needed()
    box = target.bounding_box()
    assert box, f"{selector} is not visible"
    session = page.context.new_cdp_session(page)
    inside = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in points]
    cdp.touch_stroke(session.send, inside)
    session.detach()


def _unpacked(version: int) -> Path:
    """Path of the old browser's program, decompressed once."""
    packed = HERE / "node_modules" / OLD[version]
    program = CACHE / f"chromium-{version}" / "chromium"
    if not program.exists():
        program.parent.mkdir(parents=True, exist_ok=True)
        partial = program.with_name(f"chromium.{os.getpid()}")
        partial.write_bytes(brotli.decompress(packed.read_bytes()))
        partial.chmod(0o755)
        partial.rename(program)  # whole or not at all: tests run side by side
    return program


@contextmanager
def old_phone(version: int) -> Iterator[cdp.Page]:
    """A page in a fresh old Chromium of its own, on a small phone."""
    with TemporaryDirectory() as home:
        process, page = _started(version, Path(home))
        try:
            yield page
        finally:
            page.close()
            process.kill()
            process.wait()


def _started(version: int, home: Path, tries: int = 3) -> tuple[subprocess.Popen[bytes], cdp.Page]:
    """A browser that answers. On a busy machine one of these builds sometimes hangs while it starts."""
    command = [str(_unpacked(version)), *QUIET, *OLD_FLAGS, f"--user-data-dir={home}", "about:blank"]
    said = home / "said"
    with said.open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        return process, cdp.Page(_tab(process, said))
    except Exception:
        process.kill()
        process.wait()
        if tries == 1:
            raise
        return _started(version, home, tries - 1)


def _tab(process: subprocess.Popen[bytes], said: Path, patience: float = 20) -> str:
    """DevTools address of a starting browser's first tab; the browser says on which port it listens."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline and process.poll() is None:
        if port := re.search(r"listening on ws://127\.0\.0\.1:(\d+)/", said.read_text(errors="replace")):
            with urlopen(f"http://127.0.0.1:{port[1]}/json/list", timeout=10) as answer:
                if tabs := [tab for tab in json.load(answer) if tab["type"] == "page"]:
                    return str(tabs[0]["webSocketDebuggerUrl"])
        time.sleep(0.05)
    raise RuntimeError(f"the browser did not start:\n{said.read_text(errors='replace')}")
