"""From a submission to what the employer says of it, in real browsers: two phones, with and without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import axe
from tests.e2e.browsers import elder_view, phone
from tests.e2e.walk import Current, Walk, serials
from tests.factories import employers_form, person


def send(page: Page, answer: str) -> None:
    """What the unit's clerk does on the page that the link opened."""
    page.tap(f"label:has(b:text-is('{answer}'))")
    for name in ("employer_code", "clerk", "clerk_phone"):
        page.fill(f"#{name}", employers_form()[name])
    if answer == "不予确认":
        page.fill("#reason", "单位名称写错了")
    page.tap("main form .btn")


@pytest.mark.parametrize("script", [True, False], ids=["scripts", "no scripts"])
def test_a_unit_declines_and_then_confirms(chromium: Browser, server: str, tmp_path: Path, script: bool) -> None:
    with (
        phone(chromium, base_url=server, javascript=script) as mine,
        phone(chromium, base_url=server, javascript=script) as units,
    ):
        number = Walk(Current(mine), server, person(next(serials)), tmp_path, script=script).all()
        units.goto(mine.inner_text("#employer-link"))
        expect(units.locator("#reason")).to_be_hidden()
        send(units, "不予确认")
        expect(units.get_by_text("单位不予确认")).to_be_visible()

        mine.goto(f"/applications/{number}")
        expect(mine.locator("main")).to_contain_text("单位说明的原因：单位名称写错了")
        mine.tap("form[action$='/correct'] .btn")
        mine.tap("form[action='/renewal/review'] .btn:not(.line)")
        units.goto(mine.inner_text("#employer-link"))
        send(units, "确认")
        expect(units.get_by_text("单位已确认")).to_be_visible()
        mine.goto(f"/applications/{number}")
        expect(mine.locator(".state")).to_have_text("单位已确认")


def test_the_link_is_copied_at_a_tap_and_its_code_shown(chromium: Browser, server: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=server) as page:
        number = Walk(Current(page), server, person(next(serials)), tmp_path).all()
        page.goto(f"/applications/{number}")
        page.tap("[data-copy=employer-link]")
        expect(page.locator("#said")).to_have_text("单位确认链接已复制")
        page.tap("summary:text('让单位当面扫码')")
        expect(page.locator(".share img")).to_be_visible()
        assert page.evaluate("document.querySelector('.share img').decode().then(() => true)")


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "关怀版"])
def test_no_page_of_it_keeps_anybody_out(chromium: Browser, server: str, tmp_path: Path, elder: bool) -> None:
    found: dict[str, list[str]] = {}
    with phone(chromium, base_url=server) as page:

        def look(name: str) -> None:
            found[name] = axe.violations(page)
            page.set_viewport_size({"width": 320, "height": 640})
            wide = page.evaluate("document.documentElement.scrollWidth")
            page.set_viewport_size({"width": 360, "height": 640})
            found[name] += [f"{wide} px wide"] * (wide > 320)

        number = Walk(Current(page), server, person(next(serials)), tmp_path).all()
        if elder:
            elder_view(page)
        page.tap("[data-copy=employer-link]")
        look("done")
        page.tap(".share .more")
        page.tap(".share summary")
        look("code")
        link = page.inner_text("#employer-link")
        for path in (f"/applications/{number}", f"/applications/{number}/employer", "/employer/x", link):
            page.goto(path)
            look(path)
        page.tap("main form .btn")
        expect(page.locator("#errors")).to_be_focused()
        look("errors")
        send(page, "不予确认")
        expect(page.get_by_text("单位不予确认")).to_be_visible()
        look("outcome")
        page.goto(f"/applications/{number}")
        look("declined")
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "关怀版"])
def test_the_paper_is_one_page_without_what_is_for_the_screen(
    chromium: Browser, server: str, tmp_path: Path, elder: bool
) -> None:
    with phone(chromium, base_url=server) as page:
        number = Walk(Current(page), server, person(next(serials)), tmp_path).all()
        if elder:
            elder_view(page)
        page.goto(f"/applications/{number}/employer")
        paper = page.pdf(prefer_css_page_size=True)
        assert paper.count(b"/Type /Page\n") == 1
        page.emulate_media(media="print")
        for hidden in ("header", "footer", "[data-print]"):
            expect(page.locator(hidden)).to_be_hidden()
        expect(page.locator("main").get_by_text("单位盖章")).to_be_visible()
