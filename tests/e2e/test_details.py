"""申报信息 on a phone: what folds away, what a date field takes, how much the errors cover."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import axe
from tests.e2e.browsers import OLD, old_phone, phone
from tests.e2e.walk import Current, Walk, serials
from tests.factories import person

SCREEN = 640


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def details(request: pytest.FixtureRequest, chromium: Browser, server: str, tmp_path: Path) -> Iterator[Page]:
    with phone(chromium, base_url=server, javascript=request.param) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path, script=request.param).to("申报信息")
        yield page


def test_what_is_locked_unfolds_by_a_tap(details: Page) -> None:
    expect(details.locator("#id_number")).to_be_hidden()
    details.tap(".fold summary")
    expect(details.locator("#id_number")).to_be_visible()


def test_many_errors_leave_the_form_in_sight(details: Page) -> None:
    details.tap("main form .btn:not(.line)")
    errors = details.locator("#errors")
    box = errors.bounding_box()
    assert box
    assert box["height"] < SCREEN * 0.3
    assert errors.locator("a").count() == 8
    errors.get_by_role("link", name="毕业院校").tap()
    expect(details.locator("#school")).to_be_in_viewport()


def test_a_date_is_typed_without_a_script_and_no_wheel_is_in_the_way(details: Page) -> None:
    details.fill("#graduated_on", "2003年7月1日")
    scripted = details.evaluate("document.documentElement.classList.contains('js')")
    assert details.locator("[type=date]").is_visible() is scripted


def test_the_systems_wheels_fill_the_date_in_and_it_is_saved(chromium: Browser, server: str, tmp_path: Path) -> None:
    with phone(chromium, base_url=server) as page:
        Walk(Current(page), server, person(next(serials)), tmp_path).to("申报信息")
        wheel = page.get_by_label("选择毕业时间")
        page.fill("#graduated_on", "20030701")
        wheel.focus()
        assert wheel.input_value() == "2003-07-01"
        wheel.fill("2004-06-30")
        assert page.input_value("#graduated_on") == "2004/06/30"
        expect(page.locator("#saved")).to_contain_text("已保存", timeout=10_000)
        page.reload()
        assert page.input_value("#graduated_on") == "2004/06/30"
        assert axe.violations(page) == []


@pytest.mark.parametrize("version", OLD)
def test_an_old_phone_has_the_wheels_and_the_fold_too(version: int, server: str, tmp_path: Path) -> None:
    with old_phone(version) as page:
        Walk(page, server, person(next(serials)), tmp_path).to("申报信息")
        page.choose("[data-for=graduated_on]", "2004-06-30")
        assert page.evaluate("graduated_on.value") == "2004/06/30"
        assert page.evaluate("document.querySelector('.fold').open") is False
        page.click(".fold summary")
        assert page.wait_for("document.querySelector('.fold').open")
        assert page.problems == []
