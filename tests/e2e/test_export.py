"""From the queue's filter to files on the clerk's computer, in a real browser and under the real server."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect

from renewal.app import create_app
from renewal.services import Services
from renewal.settings import Settings
from renewal.store import models
from renewal.web.halves import OFFICE
from tests.casework import accepted
from tests.documents import reading
from tests.e2e.serving import serve
from tests.exporting import unzipped, xlsx_rows
from tests.factories import person, submitted
from tests.staffing import Desk, staffed

Office = tuple[str, str, list[str], Services]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Its address, a clerk's cookie, the numbers of two cases, of which the second is accepted, and its services."""
    with serve(tmp_path) as address:
        desk = Desk(create_app(Settings(data=tmp_path)))
        clerk = staffed(desk.services)
        cookie = desk.enter(clerk).client.get_cookie("office", path=OFFICE)
        assert cookie
        cases = [submitted(desk.services, person(1)), accepted(desk.services, clerk, person(2, "欧阳春明"))]
        yield address, cookie.value, [case.number for case in cases], desk.services
        desk.services.database.close()


@pytest.fixture
def page(chromium: Browser, office: Office) -> Iterator[Page]:
    address, cookie, _, _ = office
    context = chromium.new_context(base_url=address, locale="zh-CN", viewport={"width": 1366, "height": 768})
    context.add_cookies([{"name": "office", "value": cookie, "domain": urlsplit(address).hostname, "path": OFFICE}])
    yield context.new_page()
    context.close()


def _saved(page: Page, words: str) -> Download:
    with page.expect_download() as saved:
        page.get_by_role("link", name=words).click()
    return saved.value


def _told(page: Page) -> Locator:
    return page.locator(".export").get_by_role("status")


def test_what_was_filtered_is_saved_whole_and_the_page_says_so(page: Page, office: Office) -> None:
    _, _, (_, number), services = office
    page.goto("/office/cases")
    page.get_by_label("已受理").check()
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("#export")).to_have_text("导出以上条件的1件")
    bundle = _saved(page, "材料包")
    assert bundle.suggested_filename.startswith("办件-")
    expect(_told(page)).to_contain_text("1件已导出")
    with unzipped(bundle.path().read_bytes()) as (files, manifest):
        assert (manifest["filter"], manifest["exported"]) == ("已受理", 1)
        handed_in = services.submissions.pictures(services.applications.by_number(number).id, 0)
        assert files.read(f"{number}/证件照.jpg") == handed_in["portrait"]
        form = reading.text(files.read(f"{number}/申请表.pdf"))
        assert all(words in form for words in (number, "欧阳春明", person(2).id_number))
    (row,) = xlsx_rows(_saved(page, "Excel").path().read_bytes())
    assert (row["编号"], row["姓名"], row["证件号码"]) == (number, "欧阳春明", person(2).id_number)
    expect(_told(page)).to_contain_text("1件已导出")


def test_what_breaks_off_is_a_failed_download(page: Page, office: Office) -> None:
    """Of a case whose answers cannot be read, after the first bytes were sent."""
    services = office[3]
    page.goto("/office/cases")
    services.database.run(models.Submission.update(answers=b"\0").where(models.Submission.id == 1))
    for words in ("CSV", "材料包"):
        assert _saved(page, words).failure()
        expect(_told(page)).to_contain_text("中断，文件不完整")
