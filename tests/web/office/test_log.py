"""日志, for auditors and administrators: found, checked, taken along; nobody's personal data stands in it."""

import csv
import io

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.store import models
from renewal.store.staff import Role
from tests.factories import CLERK, answered, moved, person, submitted
from tests.staffing import Desk, staffed


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = Desk(app)
    return desk.enter(staffed(desk.services, "审计", Role.AUDITOR))


@pytest.fixture
def case(desk: Desk):
    """Handed in, accepted, approved: of somebody whose data is nobody's to read here."""
    return moved(desk.services, submitted(desk.services, person(7)), Status.APPROVED)


def rows(desk: Desk, query: str = "") -> list[list[str]]:
    answer = desk.client.get(f"/office/log/export.csv{query}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_the_page_tells_who_did_what_to_which_case(desk: Desk, case) -> None:
    page = desk.get("/office/log")
    for words in (case.number, "王科员", "工作人员", "准予延续注册", "已提交", str(desk.services.event_log.head())):
        assert words in page.text
    assert f"/office/cases/{case.number}" in page.html


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("kind=move:approved", "准予延续注册", "照片不清 已受理"),
        ("who=申请人", "已提交", "王科员"),
        ("since=2026-06-15&until=2026/6/15", "王科员", "没有符合条件的记录"),
        ("until=2026-06-14", "没有符合条件的记录", "王科员"),
        ("subject=YX0", "没有符合条件的记录", "王科员"),
        ("before=2", "已提交", "王科员"),
        ("before=" + "9" * 40, "王科员", "没有符合条件的记录"),
    ],
)
def test_what_is_looked_for_is_found(desk: Desk, case, query: str, there: str, gone: str) -> None:
    page = desk.get(f"/office/log?{query}")
    assert page.status == 200
    assert there in page.text
    assert gone not in page.text


@pytest.mark.parametrize(
    ("query", "said"),
    [("since=gestern", "请填写完整的年月日"), ("until=2026-02-30", "没有30日"), ("kind=x", "没有这种事项")],
)
@pytest.mark.parametrize("path", ["/office/log", "/office/log/export.csv"])
def test_what_cannot_be_looked_for_is_said(desk: Desk, case, path: str, query: str, said: str) -> None:
    page = desk.get(f"{path}?{query}&who=王科员")
    assert page.status == 422
    assert said in page.text
    assert 'value="王科员"' in page.html


def test_a_long_log_is_turned_over_page_by_page(desk: Desk, case) -> None:
    for number in range(50):
        desk.services.log(CLERK, "sign_in", f"第{number}个")
    assert "更早的" not in desk.get("/office/log?kind=sign_in").text  # fifty fit on a page
    page = desk.get("/office/log")
    assert "准予延续注册" not in page.text.split("说明")[-1]
    older = desk.get(next(link for link, words in page.links if words == "更早的"))
    assert "准予延续注册" in older.text.split("说明")[-1]
    assert ("/office/log", "最新的") in older.links


def test_the_export_has_what_was_looked_for_and_ends_with_the_anchor(desk: Desk, case) -> None:
    heading, approved, anchor = rows(desk, "?kind=move:approved")
    assert heading[0] == "序号"
    assert approved[1:7] == ["2026-06-15 12:00:00", "工作人员", "王科员", "准予延续注册", case.number, "照片不清"]
    assert anchor == ["audit-anchor", str(desk.services.event_log.head())]
    assert rows(desk)[-2][4:7] == ["导出日志", "日志", "全部"]
    assert rows(desk, "?who=主任&since=2026-06-01")[-1][0] == "audit-anchor"
    assert rows(desk)[-3][6] == "从：2026-06-01，谁：主任"


def test_the_file_is_named_by_its_day_and_opens_in_a_spreadsheet(desk: Desk, case) -> None:
    answer = desk.client.get("/office/log/export.csv?who==1")
    assert answer.headers["Content-Disposition"] == "attachment; filename=log-20260615.csv"
    assert answer.mimetype == "text/csv"
    assert answer.is_streamed


def test_nothing_personal_is_told_or_exported(desk: Desk) -> None:
    who = person(7)
    said = f"{who.name}已离职，电话{who.phone}"
    answered(desk.services, submitted(desk.services, who), answer="不予确认", reason=said)
    told = desk.get("/office/log").text + str(rows(desk))
    assert "理由见办件" in told
    assert not [secret for secret in (who.name, who.phone, who.id_number, said) if secret in told]


def test_the_check_says_that_it_is_whole_and_that_it_was_asked(desk: Desk, case) -> None:
    page = desk.get("/office/log/check")
    assert "日志完整，第1条至第3条。" in page.text
    assert "检查日志" in page.text
    assert "上次检查：2026/06/15 12:00 审计" in page.text


def test_a_changed_row_and_an_anchor_that_is_gone_are_said(desk: Desk, case) -> None:
    anchor = str(desk.services.event_log.head())
    assert desk.get(f"/office/log/check?remembered={anchor.upper()}").html.count("note error") == 0
    models.Event.update(actor="李科员").where(models.Event.sequence == 2).execute(desk.services.database._database)
    page = desk.get("/office/log/check?remembered=9:" + "0" * 64)
    assert "第2条记录被改动过" in page.text
    assert "记下的末端（第9条）不在现在的日志里" in page.text
    assert "不要继续操作" in page.text


def test_an_anchor_copied_wrongly_is_kept_to_be_put_right(desk: Desk, case) -> None:
    page = desk.get("/office/log/check?remembered=12:abc")
    assert page.status == 422
    assert "末端应照上次检查显示的抄写" in page.text
    assert 'value="12:abc"' in page.html


def test_a_broken_end_still_shows_the_log(desk: Desk, case) -> None:
    models.ChainHead.update(seal="0" * 64).execute(desk.services.database._database)
    assert "末端的标记被改动过" in desk.get("/office/log").text
    assert "日志末端的标记被改动过" in desk.get("/office/log/check").text


@pytest.mark.parametrize(("role", "there"), [(Role.CLERK, False), (Role.AUDITOR, True), (Role.ADMINISTRATOR, True)])
def test_the_menu_shows_it_to_whom_it_is_for(app: Flask, role: Role, there: bool) -> None:
    desk = Desk(app)
    desk.enter(staffed(desk.services, role=role))
    assert (("/office/log", "日志") in desk.get("/office/").links) == there
