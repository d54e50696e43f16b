"""The queue in a real browser: without a mouse, without scripts, on a small screen."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from renewal.app import create_app
from renewal.domain.application import Status
from renewal.domain.trust import Trust
from renewal.services import Services
from renewal.settings import Settings
from renewal.web.halves import OFFICE
from tests.e2e import axe
from tests.e2e.browsers import phone
from tests.e2e.serving import serve
from tests.factories import person
from tests.queueing import case
from tests.staffing import Desk, staffed

SIGNED_IN = "office"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Its address, a clerk's cookie, and the numbers of four cases, the most urgent first."""
    with serve(tmp_path) as address:
        app = create_app(Settings(data=tmp_path))
        desk = Desk(app)
        desk.enter(staffed(desk.services))
        cookie = desk.client.get_cookie(SIGNED_IN, path="/office")
        assert cookie
        numbers = _cases(desk.services)
        desk.services.database.close()
        yield address, cookie.value, numbers


def _cases(services: Services) -> list[str]:
    clean = {"status": Status.ACCEPTED, "trust": Trust.VERIFIED}
    cases = [case(services, serial, due_in=serial - 1, **clean) for serial in range(3)]
    cases.append(case(services, who=person(9, "欧阳春明")))
    return [one.number for one in cases]


@pytest.fixture
def page(chromium: Browser, office) -> Iterator[Page]:
    address, cookie, _ = office
    context = chromium.new_context(base_url=address, locale="zh-CN", viewport={"width": 1366, "height": 768})
    _sign_in(context, address, cookie)
    yield context.new_page()
    context.close()


def _sign_in(context, address: str, cookie: str) -> None:
    where = {"domain": urlsplit(address).hostname, "path": OFFICE}
    context.add_cookies([{"name": SIGNED_IN, "value": cookie, **where}])


def _focused(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent")


def _press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _ticked(page: Page) -> list[str]:
    return page.eval_on_selector_all("[name=case]:checked", "all => all.map(one => one.value.split(':')[0])")


def test_the_keys_that_are_shown_walk_tick_and_open(page: Page, office) -> None:
    numbers = office[2]
    page.goto("/office/cases")
    expect(page.locator(".keys")).to_contain_text("j 下一件 k 上一件 Enter 打开 x 勾选 / 搜索")
    walked = []
    for key in "jjjjjkk":
        _press(page, key)
        walked.append(_focused(page))
    assert walked == [*numbers, numbers[3], numbers[2], numbers[1]]
    _press(page, "xkx")
    assert _ticked(page) == numbers[:2]
    _press(page, "x")
    assert _ticked(page) == [numbers[1]]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/office/cases/{numbers[0]}*")


def test_a_search_by_keyboard_swaps_the_list_and_hides_what_was_typed(page: Page, office) -> None:
    page.goto("/office/cases?status=accepted")
    page.evaluate("window.here = true")
    _press(page, "/")
    page.keyboard.type("欧阳春明j")  # in the box a j is a letter
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    expect(page.locator(".told")).to_contain_text("1件 · 搜索“欧**明”")
    assert page.locator(".open").all_text_contents() == [office[2][3]]
    assert "key=name." in page.url
    assert "%E9%98%B3" not in page.url  # 阳
    assert page.evaluate("window.here"), "the page was loaded anew"


def test_filter_sort_and_back_keep_the_address(page: Page, office) -> None:
    numbers = office[2]
    page.goto("/office/cases")
    page.get_by_label("已受理").check()
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".told")).to_contain_text("3件 · 已受理")
    page.get_by_role("link", name="编号", exact=True).click()
    expect(page.locator("[aria-sort]")).to_contain_text("编号")
    assert page.url.endswith("/office/cases?status=accepted&sort=newest")
    assert page.locator(".open").all_text_contents() == numbers[2::-1]
    page.get_by_role("button", name="关怀版").click()
    expect(page.get_by_role("button", name="普通版")).to_be_visible()
    assert page.url.endswith("/office/cases?status=accepted&sort=newest")
    page.go_back()
    page.go_back()
    expect(page.locator("[aria-sort]")).to_contain_text("期限")
    assert page.locator(".open").all_text_contents() == numbers[:3]


def test_one_tick_takes_the_whole_page(page: Page, office) -> None:
    page.goto("/office/cases")
    page.get_by_label("全选本页").check()
    assert _ticked(page) == office[2][:3]
    page.get_by_label("全选本页").uncheck()
    assert _ticked(page) == []


PAGES = ["/office/", "/office/cases", "/office/cases?q=1234567&status=open", "/office/cases/{}"]


@pytest.mark.parametrize("path", PAGES)
def test_each_page_fits_and_keeps_nobody_out(page: Page, office, path: str) -> None:
    page.goto(path.format(office[2][0]))
    for elder in (False, True):
        page.evaluate("elder => document.documentElement.classList.toggle('elder', elder)", elder)
        for width in (1366, 360):
            page.set_viewport_size({"width": width, "height": 768})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (elder, width)
            assert axe.violations(page) == [], (elder, width)


def test_without_scripts_on_a_phone_the_queue_works_alike(chromium: Browser, office) -> None:
    address, cookie, numbers = office
    with phone(chromium, base_url=address, javascript=False) as page:
        _sign_in(page.context, address, cookie)
        page.goto("/office/")
        page.get_by_role("link", name="已受理，待决定").click()
        assert page.locator(".open").all_text_contents() == numbers[:3]
        assert page.locator(".keys, [data-all]").locator("visible=true").count() == 0
        page.fill("#q", "欧阳春明")
        page.get_by_role("button", name="搜索").click()
        assert page.locator(".open").all_text_contents() == [numbers[3]]
        assert "key=name." in page.url
