"""Two clerks and one case, in real browsers: one screen, one decision, and the slower one is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

import pytest
from playwright.sync_api import Browser, Page, expect

from renewal.domain.application import Status
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.staff import Member
from tests.casework import confirmed, faults, now
from tests.e2e import axe
from tests.factories import person
from tests.staffing import PASSWORD, code, staffed

serials = count(1)


@contextmanager
def at_desk(chromium: Browser, deployed: tuple[str, Services], script: bool = True) -> Iterator[tuple[Page, Member]]:
    """A clerk of one's own, signed in on a PC."""
    address, services = deployed
    clerk = staffed(services, f"科员{next(serials)}")
    context = chromium.new_context(
        base_url=address, locale="zh-CN", viewport={"width": 1366, "height": 768}, java_script_enabled=script
    )
    page = context.new_page()
    page.goto("/office/login")
    for name, text in {"username": clerk.name, "password": PASSWORD, "code": code(services, clerk)}.items():
        page.fill(f"#{name}", text)
    page.get_by_role("button", name="登录").click()
    yield page, clerk
    context.close()


def press(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words, exact=True).click()


def is_good(page: Page) -> None:
    """In order for everybody, on a PC and a phone."""
    for width, height in ((360, 640), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe.violations(page) == []


def path(case: Application) -> str:
    return f"/office/cases/{case.number}"


def test_what_is_compared_stands_on_one_screen(chromium: Browser, deployed: tuple[str, Services]) -> None:
    case = confirmed(deployed[1], person(901), "selfie")
    with at_desk(chromium, deployed) as (page, _):
        page.goto(path(case))
        is_good(page)
        for seen in (".compare tr >> nth=-1", "img[alt^=自拍照] >> nth=0", "img[alt^=一寸照] >> nth=0", ".signed img"):
            box = page.locator(seen).bounding_box()
            assert box
            assert box["y"] + box["height"] <= 768, seen
        page.locator(".faces a").first.click()
        expect(page.locator("#enlarged img").first).to_be_visible()
        page.get_by_role("link", name="关闭").first.click()
        expect(page.locator("#enlarged")).to_be_hidden()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_clerk_returns_a_case_and_takes_it_back(
    chromium: Browser, deployed: tuple[str, Services], script: bool
) -> None:
    _, services = deployed
    case = confirmed(services, person(902 + script), "selfie")
    with at_desk(chromium, deployed, script) as (page, _):
        page.goto(path(case))
        page.check("#returned-school")
        page.check("#returned-portrait")
        page.fill("#school", "毕业院校不是全称，请按毕业证书填写。")
        press(page, "退回补正…")
        expect(page.get_by_role("alert")).to_contain_text("一寸白底免冠照：请写明")
        expect(page.locator("#school")).to_have_value("毕业院校不是全称，请按毕业证书填写。")
        page.fill("#portrait", "照片背景不是白色，请在白墙前重拍。")
        press(page, "退回补正…")
        expect(page.get_by_text("共2处")).to_be_visible()
        if script:
            is_good(page)
        press(page, "确认退回补正")
        assert now(services, case).status is Status.RETURNED
        press(page, "撤销“退回补正”")
        expect(page.locator("main [role=status]")).to_contain_text("已撤销")
    assert now(services, case).status is Status.EMPLOYER_CONFIRMED
    assert services.defects.of(case.id) == {}


def test_of_two_clerks_with_one_case_the_slower_is_told(chromium: Browser, deployed: tuple[str, Services]) -> None:
    _, services = deployed
    case = confirmed(services, person(904), "selfie")
    with at_desk(chromium, deployed) as (fast, first), at_desk(chromium, deployed) as (slow, _):
        for page in (fast, slow):
            page.goto(path(case))
        press(fast, "领办")
        press(slow, "是同一人")
        expect(slow.get_by_role("alert")).to_contain_text(f"{first.name}已在")
        is_good(slow)
        assert slow.locator("main").get_by_role("button", name="受理").count() == 0
        press(fast, "是同一人")
        press(fast, "受理")
        fast.get_by_text("准予延续注册", exact=True).click()
        press(fast, "确认准予")
        expect(fast.locator(".status")).to_have_text("准予延续注册")
        is_good(fast)
    assert now(services, case).clerk == first.id
    assert services.attachments.get(case.draft_id, "selfie") is None
    assert faults(services) == []


def test_both_press_in_the_same_moment_and_one_has_it(chromium: Browser, deployed: tuple[str, Services]) -> None:
    _, services = deployed
    case = confirmed(services, person(905))
    with at_desk(chromium, deployed) as (one, first), at_desk(chromium, deployed) as (two, second):
        pages = (one, two)
        for page in pages:
            page.goto(path(case))
        for page in pages:  # neither waits for the other's answer
            page.evaluate("setTimeout(() => document.querySelector('form[action$=\"/claim\"] button').click(), 200)")
        for page in pages:
            expect(page.locator("main [role=status], main [role=alert]")).to_have_count(1)
        told = sorted(page.locator("main [role=status], main [role=alert]").inner_text()[-5:] for page in pages)
    assert now(services, case).clerk in {first.id, second.id}
    assert sum("由您办理" in words for words in told) == 1
    assert faults(services) == []
