"""导出 over HTTP: what the queue shows, as files, for those who decide."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.office import exporting
from renewal.office.acts import Action
from renewal.store import models
from renewal.store.staff import Role
from renewal.web.office import export_links
from tests.engines import read_only
from tests.exporting import csv_rows, unzipped, xlsx_rows
from tests.factories import person
from tests.queueing import case
from tests.staffing import Desk, staffed
from tests.web.browser import Page

PATHS = [f"/office/export.{kind}" for kind in exporting.Kind]


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = Desk(app)
    return desk.enter(staffed(desk.services))


def offered(page: Page) -> dict[str, str]:
    """Addresses by their words."""
    links = re.findall('<a class="btn line" href="([^"]+)" download>([^<]+)</a>', page.html)
    return {words: url.replace("&amp;", "&") for url, words in links}


def reasons(desk: Desk) -> list[str]:
    return [act.reason for act in desk.services.event_log.acts(exporting.CASES)]


def told(desk: Desk, url: str, asked: int = 0) -> Page:
    """What the page hears of the export it began."""
    watch = parse_qs(urlsplit(url).query)["watch"][0]
    return desk.get(f"/office/export/progress?watch={watch}&asked={asked}")


def test_a_queue_and_its_files_are_of_the_same_cases(desk: Desk) -> None:
    case(desk.services, 0, status=Status.APPROVED)
    wanted = [case(desk.services, serial, due_in=serial).number for serial in (1, 2)]
    files = offered(desk.get("/office/cases?status=open&sort=newest"))
    assert list(files) == ["Excel 表格", "CSV 表格", "材料包（ZIP）"]
    contents = {words: desk.client.get(url).data for words, url in files.items()}
    assert [row["编号"] for row in xlsx_rows(contents["Excel 表格"])] == wanted[::-1]
    assert [row["编号"] for row in csv_rows(contents["CSV 表格"])] == wanted[::-1]
    with unzipped(contents["材料包（ZIP）"]) as (_, manifest):
        assert [each["folder"] for each in manifest["cases"]] == wanted[::-1]
        assert manifest["filter"] == "在办"


def test_a_search_is_exported_too_and_its_log_gives_nobody_away(desk: Desk) -> None:
    who = person(7, "欧阳春明")
    found, _other = case(desk.services, who=who), case(desk.services, 1)
    page = desk.submit("/office/cases", q=who.name) if desk.get("/office/cases") else None
    assert page
    (row,) = csv_rows(desk.client.get(offered(page)["CSV 表格"]).data)
    assert (row["编号"], row["姓名"]) == (found.number, who.name)
    assert reasons(desk) == ["CSV，1件，条件：搜索姓名"]
    desk.client.get(f"/office/export.csv?q={found.number}&employer=泉城")
    assert reasons(desk)[1] == f"CSV，1件，条件：搜索编号“{found.number}”，单位含“泉城”"


def test_the_log_shows_it_to_auditors(app: Flask, desk: Desk) -> None:
    case(desk.services)
    desk.client.get("/office/export.xlsx?status=submitted&clerk=nobody")
    auditor = Desk(app).enter(staffed(desk.services, "审计", Role.AUDITOR))
    page = auditor.get(f"/office/log?kind={Action.EXPORT_CASES}")
    assert "导出办件办件XLSX，1件，条件：待单位确认，还没有人办" in page.text


@pytest.mark.parametrize("path", PATHS)
def test_files_are_saved_under_their_day_and_never_kept(desk: Desk, path: str) -> None:
    kind = path.rpartition(".")[2]
    answer = desk.client.get(path)
    assert answer.is_streamed
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=cases-20260615.{kind}; filename*=UTF-8''%E5%8A%9E%E4%BB%B6-20260615.{kind}"
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_an_auditor_takes_nothing_along(app: Flask, desk: Desk, path: str) -> None:
    case(desk.services)
    auditor = Desk(app).enter(staffed(desk.services, "审计", Role.AUDITOR))
    assert auditor.get(path).status == 403
    assert offered(auditor.get("/office/cases")) == {}
    assert reasons(desk) == []


def test_an_empty_queue_offers_nothing(desk: Desk) -> None:
    assert offered(desk.get("/office/cases")) == {}


def test_too_many_for_a_bundle_is_said_before_and_after(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(exporting, "MOST", 1)
    monkeypatch.setattr(export_links, "MOST", 1)
    case(desk.services, 0), case(desk.services, 1)
    page = desk.get("/office/cases")
    assert list(offered(page)) == ["Excel 表格", "CSV 表格"]
    assert "材料包一次最多1件" in page.text
    page = desk.get("/office/export.zip")
    assert page.status == 422
    assert "一次最多打包1件，现在的条件有2件" in page.text
    assert len(offered(page)) == 2


@pytest.mark.parametrize("path", PATHS)
def test_a_full_disk_is_said_and_nothing_leaves(desk: Desk, path: str) -> None:
    case(desk.services)
    with read_only(desk.services):
        page = desk.get(path)
    assert page.status == 503
    assert "没有导出：每次导出要先记入日志，现在记不进去，可能是磁盘已满" in page.text


def test_a_page_hears_how_far_its_export_is(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(exporting, "LINES", 1)
    case(desk.services, 0), case(desk.services, 1)
    url = offered(desk.get("/office/cases"))["CSV 表格"]
    page = told(desk, url)
    assert "正在准备" in page.text
    assert 'asked=1" hx-trigger="load delay:1s"' in page.html
    answer = desk.client.get(url, buffered=False)
    pieces = iter(answer.response)
    for _ in range(4):  # the file's mark, its headings, one case, another
        next(pieces)
    page = told(desk, url)
    assert "正在导出：1 / 2件" in page.text
    assert 'hx-trigger="load delay:1s"' in page.html
    assert list(pieces) == []
    page = told(desk, url)
    assert "2件已导出，文件在浏览器的下载里。" in page.text
    assert "load delay" not in page.html


def test_a_page_hears_that_it_broke_off(desk: Desk) -> None:
    case(desk.services)
    url = offered(desk.get("/office/cases"))["CSV 表格"]
    answer = desk.client.get(url, buffered=False)
    pieces = iter(answer.response)
    for _ in range(3):
        next(pieces)
    answer.close()
    assert "导出在0 / 1件处中断，文件不完整，请重新导出。" in told(desk, url).text


def test_what_never_begins_is_not_asked_for_forever(desk: Desk) -> None:
    case(desk.services)
    url = offered(desk.get("/office/cases"))["CSV 表格"]
    for asked in (20, 999):
        page = told(desk, url, asked)
        assert "还没有开始导出" in page.text
        assert "load delay" not in page.html
    for asked in ("x", "9" * 5000, "-1", "１"):
        assert desk.get(f"/office/export/progress?asked={asked}").status == 200


def test_nobody_hears_of_a_colleagues_export(app: Flask, desk: Desk) -> None:
    case(desk.services)
    url = offered(desk.get("/office/cases"))["CSV 表格"]
    assert desk.client.get(url).data
    other = Desk(app).enter(staffed(desk.services, "赵科员"))
    assert "正在准备" in told(other, url).text
    assert "1件已导出" in told(desk, url).text


def test_a_case_that_cannot_be_read_breaks_the_answer_off(desk: Desk) -> None:
    case(desk.services)
    desk.services.database.run(models.Submission.update(answers=b"\0"))
    url = offered(desk.get("/office/cases"))["CSV 表格"]
    with pytest.raises(Exception, match="submission:1:0:answers"):
        _ = desk.client.get(url).data
    assert "导出在0 / 1件处中断" in told(desk, url).text
