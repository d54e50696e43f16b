"""How much of a small phone the pages take, and of a person's fingers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browsers import elder_view, phone
from tests.e2e.counting import count
from tests.e2e.pages import every_page
from tests.e2e.walk import Current, Walk, serials
from tests.factories import person

VIEWS = pytest.mark.parametrize("elder", [False, True], ids=["normal", "关怀版"])
HEIGHT = "Math.ceil(document.body.getBoundingClientRect().height)"


@contextmanager
def zoomed(browser: Browser, base_url: str) -> Iterator[Page]:
    """A desktop's window of 1280×1024 at 400 %."""
    context = browser.new_context(
        base_url=base_url, viewport={"width": 320, "height": 256}, device_scale_factor=4, has_touch=True, locale="zh-CN"
    )
    yield context.new_page()
    context.close()


@contextmanager
def narrow(browser: Browser, base_url: str) -> Iterator[Page]:
    """The narrowest phone."""
    with phone(browser, base_url=base_url) as page:
        page.set_viewport_size({"width": 320, "height": 640})
        yield page


@VIEWS
@pytest.mark.parametrize("screen", [narrow, zoomed])
def test_no_page_scrolls_sideways(chromium: Browser, server: str, tmp_path: Path, screen, elder: bool) -> None:
    with screen(chromium, server) as page:
        walk = Walk(Current(page), server, person(next(serials)), tmp_path)
        wide = {}
        for name in every_page(page, walk, elder):
            page.evaluate("document.getElementById('help').open = true")
            wide[name] = page.evaluate("document.documentElement.scrollWidth")
            page.evaluate("document.getElementById('help').open = false")
        assert {name: width for name, width in wide.items() if width > 320} == {}


@pytest.mark.parametrize(("elder", "most"), [(False, 1200), (True, 2000)], ids=["normal", "关怀版"])
def test_the_notice_is_short(chromium: Browser, server: str, tmp_path: Path, elder: bool, most: int) -> None:
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path).to("申报须知")
        if elder:
            elder_view(page)
        assert page.evaluate(HEIGHT) <= most


def test_the_home_page_of_the_elder_view_is_little_more_than_a_screen(
    chromium: Browser, server: str, tmp_path: Path
) -> None:
    with phone(chromium, base_url=server) as page:
        page.goto("/")
        elder_view(page)
        assert page.evaluate(HEIGHT) <= 800
        Walk(Current(page), server, person(next(serials)), tmp_path).to("监理工程师")
        page.goto("/")
        expect(page.locator(".me")).to_be_visible()
        assert page.evaluate(HEIGHT) <= 800
        title = page.evaluate("(t => [t.clientHeight, parseFloat(getComputedStyle(t).lineHeight)])(title)")
        assert title[0] < 2 * title[1]  # one line


@pytest.mark.parametrize("javascript", [True, False])
def test_help_opens_in_the_page_and_says_what_to_do_there(chromium: Browser, server: str, javascript: bool) -> None:
    with phone(chromium, base_url=server, javascript=javascript) as page:
        page.goto("/resume")
        told = page.get_by_text("中间的横线可以不填")
        expect(told).to_be_hidden()
        page.tap("#help summary")
        expect(told).to_be_visible()
        page.tap("#help summary")
        expect(told).to_be_hidden()


def test_help_closes_and_speaks_of_the_new_step_when_the_step_changes(
    chromium: Browser, server: str, tmp_path: Path
) -> None:
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path).to("人脸识别")
        page.tap("#help summary")
        expect(page.locator("#here")).to_contain_text("到窗口核验")
        page.check("#way-counter", force=True)
        page.tap("main form .go .btn:not(.line)")
        expect(page.locator("#title")).to_have_text("申报须知")
        expect(page.locator("#here")).to_be_hidden()
        expect(page.locator("#here")).to_contain_text("看完点“全选”")


# Before the home page led straight to the item: 37 and 38 taps, 62 keys.
@pytest.mark.parametrize(("elder", "most"), [(False, 36), (True, 37)], ids=["normal", "关怀版"])
def test_the_journey_asks_for_few_taps_and_keys(
    chromium: Browser, server: str, tmp_path: Path, elder: bool, most: int
) -> None:
    fingers = count(chromium, server, tmp_path, next(serials), elder)
    assert fingers.taps <= most
    assert fingers.keys <= 62
