"""A case comes back from the office, is corrected on a phone and handed in once more."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from renewal.forms.correction import changes
from renewal.services import Services
from tests.e2e import axe
from tests.e2e.browsers import elder_view, phone
from tests.e2e.walk import Current, Walk, serials
from tests.factories import person, portrait_jpeg, returned

ASKED = {"school": "毕业院校不是全称，请按毕业证书填写。", "portrait": "照片背景不是白色，请在白墙前重拍。"}
NEXT = "main form .go .btn:not(.line)"


def give_back(services: Services, number: str) -> None:
    case = services.applications.by_number(number)
    assert case
    returned(services, case, **ASKED)


def look(page: Page, found: dict[str, list[str]], script: bool) -> None:
    """axe-core, which needs a script, and nothing wider than a narrow phone."""
    if not script:
        return
    found[page.locator("#title").inner_text()] = axe.violations(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 360, "height": 640})


@pytest.mark.parametrize("view", ["normal", "关怀版", "no script"])
def test_a_returned_case_is_corrected_and_handed_in_again(
    chromium: Browser, deployed: tuple[str, Services], tmp_path: Path, view: str
) -> None:
    (address, services), script = deployed, view != "no script"
    portrait = tmp_path / "again.jpg"
    portrait.write_bytes(portrait_jpeg())
    found: dict[str, list[str]] = {}
    with phone(chromium, base_url=address, javascript=script) as page:
        number = Walk(Current(page), address, person(next(serials)), tmp_path, script=script).all()
        give_back(services, number)
        page.goto("/")
        if view == "关怀版":
            elder_view(page)
        look(page, found, script)
        page.get_by_text("您的办件有新进展：退回补正").tap()
        expect(page.get_by_text("请补正2处")).to_be_visible()
        look(page, found, script)
        page.get_by_role("button", name="去补正").tap()
        expect(page.locator("#title")).to_have_text("申报信息")
        look(page, found, script)
        assert page.locator("#form input:not([readonly]):not([type=hidden]), #form select").count() == 1
        page.fill("#school", "山东大学")
        page.locator(NEXT).tap()
        expect(page.locator("#title")).to_have_text("附件")
        look(page, found, script)
        page.set_input_files("#portrait-album", portrait)
        if not script:
            page.locator("form[action$='/portrait'] .nojs").tap()
        expect(page.get_by_alt_text("一寸白底免冠照预览")).to_be_visible(timeout=20_000)
        page.locator(NEXT).tap()
        expect(page.get_by_text("这次补正")).to_be_visible()
        look(page, found, script)
        page.locator(NEXT).tap()
        expect(page.locator("#number")).to_have_text(number)
        page.goto("/")
        expect(page.get_by_text("您的办件有新进展")).to_have_count(0)
    assert {title: lines for title, lines in found.items() if lines} == {}
    case = services.applications.by_number(number)
    assert case
    old, new = services.submissions.of(case.id)
    files = [services.submissions.pictures(case.id, position) for position in (0, 1)]
    assert [(made.field, made.new) for made in changes(old.answers, new.answers, *files).fields] == [
        ("school", "山东大学")
    ]
