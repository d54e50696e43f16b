"""From roster and queue to files on the clerk's computer, in a real browser and under the real server."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Download, Locator, Page, expect

from renewal.app import create_app
from renewal.services import Services
from renewal.settings import Settings
from renewal.store import models
from renewal.store.staff import Role
from renewal.web.halves import OFFICE
from tests import rosters
from tests.casework import accepted
from tests.documents import reading
from tests.e2e.serving import serve
from tests.exporting import unzipped, xlsx_rows
from tests.factories import person, submitted
from tests.staffing import Desk, staffed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Office = tuple[str, str, list[str], Services]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Its address, its administrator's cookie, the numbers of two cases, the second accepted, and its services."""
    with serve(tmp_path) as address:
        desk = Desk(create_app(Settings(data=tmp_path)))
        clerk = staffed(desk.services, role=Role.ADMINISTRATOR)
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


def test_from_the_roster_to_the_bundle_the_office_hands_over(page: Page, office: Office) -> None:
    _, _, (_, number), _ = office
    page.goto("/office/roster")
    page.set_input_files("#roster", {"name": "名册.xlsx", "mimeType": XLSX, "buffer": _roster()})
    page.get_by_role("button", name="上传并检查").click()
    expect(page.locator("#arriving-title")).to_have_text("检查好了，还没有导入")
    page.get_by_role("button", name="导入2人").click()
    expect(page.locator(".in-use")).to_contain_text("名册.xlsx")
    page.goto(f"/office/cases/{number}")
    expect(page.locator("main")).to_contain_text("在名册")
    with page.expect_download() as saved:
        page.get_by_role("link", name="申请表").first.click()
    assert "欧阳春明" in reading.text(saved.value.path().read_bytes())
    page.goto("/office/cases")
    with unzipped(_saved(page, "材料包").path().read_bytes()) as (files, manifest):
        assert manifest["exported"] == 2
        paper = files.read(f"{number}/申请表.pdf")
    assert all(words in reading.text(paper) for words in (number, "欧阳春明", "统一社会信用代码"))
    ink = (np.asarray(reading.picture(paper, scale=2)) < 128).mean()
    assert 0.005 < ink < 0.3  # letters and a photo, neither an empty page nor a black one
    assert {row["编号"] for row in xlsx_rows(_saved(page, "Excel").path().read_bytes())} >= {number}


def _roster() -> bytes:
    book = Workbook()
    for row in (rosters.HEADING, rosters.row(person(1)), rosters.row(person(2, "欧阳春明"))):
        book.active.append(row)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def test_what_breaks_off_is_a_failed_download(page: Page, office: Office) -> None:
    """Of a case whose answers cannot be read, after the first bytes were sent."""
    services = office[3]
    page.goto("/office/cases")
    services.database.run(models.Submission.update(answers=b"\0").where(models.Submission.id == 1))
    for words in ("CSV", "材料包"):
        assert _saved(page, words).failure()
        expect(_told(page)).to_contain_text("中断，文件不完整")
