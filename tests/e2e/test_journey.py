"""The whole journey in real browsers: from the home tile to 提交成功."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e import axe
from tests.e2e.browsers import OLD, old_phone, phone
from tests.e2e.pages import every_page
from tests.e2e.serving import serve
from tests.e2e.walk import Current, Walk, serials
from tests.factories import person
from tests.postgres import Postgres


def test_a_stranger_gets_to_the_end_with_scripts(chromium: Browser, server: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=server) as page:
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
        number = Walk(Current(page), server, person(next(serials)), tmp_path).all()
        assert number.startswith("YX")
        expect(page.get_by_text("您所申请的事项已经提交成功！")).to_be_visible()
        assert problems == []


def test_a_stranger_gets_to_the_end_over_postgresql(
    chromium: Browser, postgres: Postgres, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = tmp_path_factory.mktemp("data")
    with (
        postgres.database() as url,
        serve(data, database_url=url) as address,
        phone(chromium, base_url=address) as page,
    ):
        assert Walk(Current(page), address, person(next(serials)), tmp_path).all().startswith("YX")


def test_a_stranger_gets_to_the_end_without_scripts(chromium: Browser, server: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=server, javascript=False) as page:
        walk = Walk(Current(page), server, person(next(serials)), tmp_path, script=False)
        assert walk.all().startswith("YX")


@pytest.mark.parametrize("version", OLD)
def test_a_stranger_gets_to_the_end_on_an_old_phone(version: int, server: str, tmp_path: Path) -> None:
    with old_phone(version) as page:
        assert Walk(page, server, person(next(serials)), tmp_path).all().startswith("YX")
        assert page.problems == []


def test_the_oldest_phone_needs_no_script_either(server: str, tmp_path: Path) -> None:
    with old_phone(67) as page:
        page.disable_javascript()
        walk = Walk(page, server, person(next(serials)), tmp_path, script=False)
        assert walk.all().startswith("YX")


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "关怀版"])
def test_no_page_keeps_anybody_out(chromium: Browser, server: str, tmp_path: Path, elder: bool) -> None:
    """axe-core on every page, its help open."""
    with phone(chromium, base_url=server) as page:
        walk = Walk(Current(page), server, person(next(serials)), tmp_path)
        found: dict[str, list[str]] = {}
        for name in every_page(page, walk, elder):
            page.evaluate("document.getElementById('help').open = true")
            found[name] = axe.violations(page)
            page.evaluate("document.getElementById('help').open = false")
        assert {name: lines for name, lines in found.items() if lines} == {}


def test_a_form_with_errors_keeps_nobody_out(chromium: Browser, server: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path).to("用户核验")
        page.tap("main form .btn")
        expect(page.locator("#errors")).to_be_focused()
        assert axe.violations(page) == []


def test_a_lost_connection_is_told_and_made_good(chromium: Browser, server: str, tmp_path: Path) -> None:
    """What was typed stays, the page says why, and the step goes on by itself when the network is back."""
    who = person(next(serials))
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, who, tmp_path).to("用户核验")
        page.fill("#name", who.name)
        page.fill("#id_number", who.id_number)
        page.context.set_offline(True)
        page.tap("main form .btn")
        expect(page.locator("#net")).to_contain_text("自动重试")
        assert page.input_value("#name") == who.name
        page.context.set_offline(False)
        expect(page.locator("#ask")).to_be_visible(timeout=20_000)


def test_two_hasty_taps_submit_once(chromium: Browser, server: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path).to("核对信息")
        page.evaluate("(b => { b.click(); b.click() })(document.querySelector('form[action$=review] .btn:not(.line)'))")
        expect(page.locator("#number")).to_be_visible()
        page.goto("/applications")
        assert page.locator("a[href^='/applications/YX']").count() == 1


def test_back_and_forward_always_show_a_sensible_page(chromium: Browser, server: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path).to("附件")
        title = page.locator("#title")
        page.go_back()
        expect(title).to_have_text("申报信息")
        assert page.input_value("#school") != ""
        page.go_back()
        expect(title).to_have_text("申报须知")
        page.go_forward()
        expect(title).to_have_text("申报信息")
        page.reload()
        expect(title).to_have_text("申报信息")
        page.goto("/renewal/review")
        expect(title).to_have_text("附件")


def test_what_is_typed_is_saved_by_itself_and_found_again(chromium: Browser, server: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path).to("申报信息")
        page.fill("#school", "青岛理工大学")
        expect(page.locator("#saved")).to_contain_text("已保存", timeout=10_000)
        page.goto("/")
        page.goto("/renewal/details")
        assert page.input_value("#school") == "青岛理工大学"


def test_nothing_personal_stays_in_the_browser(chromium: Browser, server: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path).to("核对信息")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert "no-store" in (page.request.get(page.url).headers["cache-control"])
