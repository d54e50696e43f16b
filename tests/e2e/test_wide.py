"""A desktop's screen beside a phone's: the side column, rows in line, links a finger can hit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from renewal.web.assets import DIST
from tests.e2e import axe
from tests.e2e.browsers import elder_view, phone
from tests.e2e.walk import Current, Walk, serials
from tests.factories import Person, person

READY = "要准备什么"
FINGER = 44  # CSS px
ALL_CSS = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture
def page(chromium: Browser, server: str) -> Iterator[Page]:
    with phone(chromium, base_url=server) as page:
        yield page


def _walk(page: Page, server: str, folder: Path, who: Person | None = None) -> Walk:
    return Walk(Current(page), server, who or person(next(serials)), folder)


def _widen(page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 768})


def _boxes(page: Page, *selectors: str) -> list[dict[str, float]]:
    return [dict(page.locator(selector).bounding_box() or {}) for selector in selectors]


def test_what_to_have_ready_stands_beside_the_steps_and_only_there(page: Page, server: str, tmp_path: Path) -> None:
    _widen(page)
    beside: dict[str, bool] = {}
    walk = _walk(page, server, tmp_path)
    for tap in walk.taps():
        walk.make(tap)
        beside[page.inner_text("#title")] = page.get_by_text(READY).is_visible()
    steps = {"用户核验", "用户注册", "人脸识别", "申报须知", "申报信息", "附件", "查看承诺书", "核对信息"}
    assert {title for title, shown in beside.items() if shown} == steps
    assert "申报告知" in beside


def test_the_side_column_takes_nothing_from_the_page(page: Page, server: str, tmp_path: Path) -> None:
    _walk(page, server, tmp_path).to("申报信息")
    expect(page.get_by_text(READY)).to_be_hidden()
    _widen(page)
    main, aside = _boxes(page, "main", "aside")
    assert main["x"] + main["width"] <= aside["x"]
    assert main["y"] == aside["y"]
    assert main["width"] >= 700
    left, right = main["x"], 1366 - aside["x"] - aside["width"]
    assert abs(left - right) < 20
    assert axe.violations(page) == []


def test_who_goes_on_by_code_has_it_beside_the_form_too(page: Page, server: str) -> None:
    _widen(page)
    page.goto("/resume")
    expect(page.get_by_text(READY)).to_be_visible()
    page.goto("/")
    expect(page.get_by_text(READY)).to_have_count(0)


def test_a_hint_beneath_one_answer_keeps_its_neighbours_in_line(page: Page, server: str, tmp_path: Path) -> None:
    _walk(page, server, tmp_path).to("申报信息")
    _widen(page)
    for left, right in (("employer", "employer_code"), ("specialty_1", "specialty_2"), ("school", "major")):
        first, second = _boxes(page, f"#{left}", f"#{right}")
        assert abs(first["y"] - second["y"]) < 2


def test_links_within_sentences_are_as_tall_as_a_finger(page: Page, server: str, tmp_path: Path) -> None:
    inline = {"办事指南": "证件照处理工具", "申报信息": "重新核验身份"}
    walk, heights = _walk(page, server, tmp_path), {}
    for tap in walk.taps():
        walk.make(tap)
        if name := inline.get(tap.heading):
            page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
            box = page.get_by_role("link", name=name).bounding_box()
            heights[name] = box and box["height"]
    assert set(heights) == set(inline.values())
    assert all(height and height >= FINGER for height in heights.values()), heights


@pytest.mark.parametrize("elder", [False, True])
def test_the_pages_before_the_journey_miss_none_of_its_css(page: Page, server: str, elder: bool) -> None:
    page.goto("/profile")
    if elder:
        elder_view(page)
    page.get_by_role("button", name="确定").click()
    page.get_by_text("看进度和回执").wait_for()
    for path in ("/", "/services"):
        page.goto(path)
        page.get_by_text("帮助").click()
        for width in (1366, 360):
            page.set_viewport_size({"width": width, "height": 768})
            alone = page.screenshot(full_page=True)
            page.evaluate(ALL_CSS, (DIST / "app.css").read_text())
            assert page.screenshot(full_page=True) == alone
            page.evaluate(ALL_CSS, "")
