"""The drivers themselves, on a page of their own: what a journey does must work in each browser first."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.e2e import axe, cdp
from tests.e2e.browsers import OLD, draw, old_phone, phone

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>试</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<main><h1>延续注册</h1>
<form>
<p><label>姓名 <input id="name_" value="旧"></label>
<p><label>学历 <select id="degree"><option value="1">大专<option value="2">本科</select></label>
<p><label>照片 <input id="file" type="file"></label>
<p><label><input id="tick" type="checkbox"> 同意</label>
<p style="height: 900px">（很长）</p>
<button id="go">下一步</button>
</form>
<canvas id="pad" width="300" height="100" style="touch-action: none"></canvas>
<p id="said" aria-live="polite"></p>
</main>
<script>
let marks = 0;
document.forms[0].onsubmit = () => {
  said.textContent = [name_.value, degree.value, file.files.length, tick.checked].join();
  return false;
};
pad.addEventListener("touchmove", (event) => { event.preventDefault(); marks++; }, { passive: false });
</script>"""

STROKE = [(0.1, 0.5), (0.4, 0.2), (0.6, 0.8), (0.9, 0.5)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with one of everything, on a server of its own."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "favicon.ico").touch()
    handler = functools.partial(_Silent, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(params=OLD)
def old(request: pytest.FixtureRequest) -> Iterator[cdp.Page]:
    with old_phone(request.param) as page:
        yield page


def test_an_old_browser_types_taps_chooses_and_draws(old: cdp.Page, site: str, tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"x")
    old.goto(site)
    old.fill("#name_", "张三·李四")
    old.choose("#degree", "2")
    old.set_files("#file", photo)
    old.click("#tick")
    old.click("#go")
    assert old.wait_for("said.textContent") == "张三·李四,2,1,true"
    old.draw("#pad", STROKE)
    assert old.evaluate("marks") == len(STROKE) - 1
    old.fill("#name_", "")
    assert old.evaluate("name_.value") == ""
    assert old.problems == []


def test_an_old_browser_shows_chinese_on_a_phones_screen(old: cdp.Page, site: str, tmp_path: Path) -> None:
    old.goto(site)
    old.screenshot(tmp_path / "page.png")
    with Image.open(tmp_path / "page.png") as shown:
        assert shown.size == (720, 1280)
    assert _glyphs_differ(old), "Chinese is drawn as boxes: no Chinese font"


def _glyphs_differ(page: cdp.Page) -> bool:
    """Whether two characters of the same width look different, as boxes of a missing font do not."""
    picture_of = """(character) => {
      const canvas = document.createElement("canvas"), pen = canvas.getContext("2d");
      pen.font = "24px sans-serif"; pen.fillText(character, 2, 26);
      return canvas.toDataURL();
    }"""
    return bool(page.evaluate(f"(picture => picture('注') !== picture('册'))({picture_of})"))


def test_an_old_browser_tells_what_went_wrong(old: cdp.Page, site: str) -> None:
    old.goto(site)
    old.evaluate("console.error('坏了'); setTimeout(() => nowhere(), 0)")
    old.evaluate("fetch('missing')")
    old.wait_for("new Promise(done => setTimeout(() => done(true), 50))")
    told = "\n".join(old.problems)
    assert "坏了" in told
    assert "nowhere is not defined" in told
    assert "404" in told
    with pytest.raises(cdp.CdpError, match="missing"):
        old.evaluate("missing")
    with pytest.raises(TimeoutError, match="it stayed false"):
        old.wait_for("false", timeout=0.1)


def test_an_old_browser_is_slowed_down_and_does_without_scripts(old: cdp.Page, site: str) -> None:
    old.goto(site)
    old.throttle(kilobits=400, latency=400)
    old.evaluate("window.began = performance.now()")
    assert old.evaluate("fetch('/', {cache: 'no-store'}).then(() => performance.now() - began)") >= 400
    old.throttle(0, 0)
    old.disable_javascript()
    old.goto(site)
    assert old.evaluate("typeof marks") == "undefined"


def test_the_current_browser_types_taps_and_draws(chromium: Browser, site: str) -> None:
    with phone(chromium, base_url=site) as page:
        page.goto("/")
        page.get_by_label("姓名").fill("张三")
        page.get_by_label("同意").tap()
        page.get_by_text("下一步").tap()
        assert page.locator("#said").text_content() == "张三,1,0,true"
        draw(page, "#pad", STROKE)
        assert page.evaluate("marks") == len(STROKE) - 1
        assert page.evaluate("innerWidth") == 360


def test_the_current_browser_does_without_scripts(chromium: Browser, site: str) -> None:
    with phone(chromium, base_url=site, javascript=False) as page:
        page.goto("/")
        page.get_by_label("同意").tap()
        page.get_by_text("下一步").tap()
        page.wait_for_url("**/?")
        assert page.locator("#said").text_content() == ""


def test_axe_names_what_is_wrong_and_nothing_else(chromium: Browser, site: str) -> None:
    with phone(chromium, base_url=site) as page:
        page.goto("/")
        assert axe.violations(page) == []
        page.evaluate("document.querySelector('h1').innerHTML = '<img src=/favicon.ico>'")
        (line,) = [line for line in axe.violations(page) if line.startswith("image-alt")]
        assert "image-alt (critical) at img: Fix any" in line
