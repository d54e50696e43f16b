"""下载PDF: one's own papers, and the receipt for whoever holds its link."""

from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.store.applications import Application
from tests.documents import reading
from tests.factories import moved, person, returned, submitted
from tests.web.browser import Browser, Page

LI = person()


@pytest.fixture
def case(browser: Browser) -> Application:
    """Handed in with this browser."""
    case = submitted(browser.services, LI)
    browser.hold(browser.services.draft(case.draft_id))
    return case


def papers(page: Page) -> dict[str, str]:
    """The papers that a page offers, by their titles."""
    return {text.removesuffix("（PDF）"): href for href, text in page.links if href.endswith(".pdf")}


def show(browser: Browser, case: Application) -> Page:
    return browser.get(f"/applications/{case.number}")


def receipt_link(browser: Browser, case: Application) -> str:
    (link,) = {href for href, _ in show(browser, case).links if href.startswith("/receipts/")}
    return link


def test_the_form_is_offered_on_the_cases_page_and_is_whole(browser: Browser, case: Application) -> None:
    answer = browser.get(papers(show(browser, case))["申请表"])
    assert answer.status == 200
    for words in (LI.name, LI.id_number, LI.phone, case.number):
        assert words in reading.text(answer.data)


def test_a_paper_is_a_download_with_a_chinese_name_that_no_cache_keeps(browser: Browser, case: Application) -> None:
    headers = browser.get(papers(show(browser, case))["申请表"]).headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert f"filename*=UTF-8''{quote('申请表')}{case.number}.pdf" in headers["Content-Disposition"]


def test_letters_come_with_the_offices_acts(browser: Browser, case: Application) -> None:
    assert set(papers(show(browser, case))) == {"申请表"}
    case = returned(browser.services, case, school="不是全称，请填写全称。")
    letter = browser.get(papers(show(browser, case))["补正通知书"])
    assert "1毕业院校不是全称，请填写全称。" in reading.text(letter.data)


@pytest.mark.parametrize(
    ("status", "title"),
    [(Status.APPROVED, "准予延续注册决定书"), (Status.DECLINED, "不予延续注册决定书")],
)
def test_a_decision_is_handed_out(browser: Browser, case: Application, status: Status, title: str) -> None:
    case = moved(browser.services, case, status)
    offered = papers(show(browser, case))
    assert list(offered) == ["申请表", "受理通知书", title]
    assert title in reading.text(browser.get(offered[title]).data)


def test_nobody_else_gets_them(app: Flask, browser: Browser, case: Application) -> None:
    case = moved(browser.services, case, Status.APPROVED)
    offered = papers(show(browser, case))
    other = Browser(app)
    other.introduce()
    other.hold(browser.services.draft(submitted(browser.services, person(1)).draft_id))
    assert {other.get(path).status for path in offered.values()} == {404}


@pytest.mark.parametrize("version", ["0", "1", "99", "-1", "x", "9" * 30])
def test_a_letter_that_is_none_is_not_found(browser: Browser, case: Application, version: str) -> None:
    assert browser.get(f"/applications/{case.number}/letters/{version}.pdf").status == 404


def test_the_receipts_link_gives_its_paper_to_anybody_and_nothing_but_masks(
    app: Flask, browser: Browser, case: Application
) -> None:
    link = receipt_link(browser, case)
    anybody = Browser(app)
    (pdf,) = papers(anybody.get(link)).values()
    assert pdf == f"{link}.pdf"
    text = reading.text(anybody.get(pdf).data)
    assert case.number in text
    assert link in text
    assert "李*明" in text
    for secret in (LI.name, LI.id_number, LI.phone):
        assert secret not in text


def test_a_receipt_nobody_was_given_is_not_found(browser: Browser) -> None:
    assert browser.get("/receipts/MQ.abcdefghijklmnop.pdf").status == 404


def test_a_receipt_stays_the_same_file_when_the_case_goes_on(browser: Browser, case: Application) -> None:
    link = f"{receipt_link(browser, case)}.pdf"
    then = browser.get(link).data
    moved(browser.services, case, Status.APPROVED)
    assert browser.get(link).data == then


def test_without_a_font_the_page_says_so_and_the_rest_goes_on(
    browser: Browser, case: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("renewal.documents.fonts.CHINESE", ())
    monkeypatch.setattr("renewal.documents.fonts.shutil.which", lambda _name: None)
    page = browser.get(f"/applications/{case.number}/form.pdf")
    assert page.status == 503
    assert "暂时不能生成PDF文件" in page.text
    assert "联系窗口" in page.text
    assert show(browser, case).status == 200
