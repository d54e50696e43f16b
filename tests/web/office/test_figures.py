"""统计 over HTTP: the charts, the same numbers in tables, and nobody's name."""

import re

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.journey.reaching import NAMES
from renewal.journey.steps import BY_NAME
from renewal.store.staff import Role
from renewal.web.office.figure_charts import STEPS
from tests.casework import confirmed
from tests.factories import carry, person, returned
from tests.queueing import case
from tests.staffing import Desk, staffed


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = Desk(app)
    return desk.enter(staffed(desk.services))


def _table(desk: Desk, heading: str) -> list[list[str]]:
    section = re.search(rf"<h2[^>]*>{heading}</h2>(.*?)</section>", desk.get("/office/figures").html, re.S)
    assert section
    rows = re.findall(r"<tr><th[^>]*>([^<]*)((?:<td>[^<]*)*)", section[1])
    return [[head, *cells.split("<td>")[1:]] for head, cells in rows if cells]


def test_an_office_without_cases_is_told_so_kindly(desk: Desk) -> None:
    page = desk.get("/office/figures")
    assert "有了第一份申报，这里就有数字" in page.text
    assert "<svg" not in page.html


def test_each_chart_has_its_description_and_a_table_behind(desk: Desk) -> None:
    returned(desk.services, confirmed(desk.services), school="请写全称")
    page = desk.get("/office/figures")
    assert page.html.count('role="img"') == page.html.count("<table>") == page.html.count("</desc>") == 5
    assert page.html.count("这段时间还没有。") == 1  # nothing was decided
    names = re.findall(r' id="([^"]+)"', page.html)
    assert len(names) == len(set(names))


def test_the_numbers_are_those_of_the_cases(desk: Desk) -> None:
    for serial, status in enumerate((Status.APPROVED, Status.APPROVED, Status.SUBMITTED, Status.WITHDRAWN)):
        case(desk.services, serial, status=status)
    rows = _table(desk, "提交的件现在的状态")
    assert sorted(rows) == [["准予延续注册", "2", "50%"], ["已撤回", "1", "25%"], ["待单位确认", "1", "25%"]]
    assert _table(desk, "每周提交和决定")[0] == ["2026/06/15", "4", "0"]


def test_where_people_stop_is_counted_by_step(desk: Desk) -> None:
    carry(desk.services, "details")
    carry(desk.services, "face", person(1))
    rows = _table(desk, "申请人停在哪一步")
    assert rows[:5] == [
        ["用户核验", "2", "0", "0%"],
        ["用户注册", "2", "0", "0%"],
        ["人脸识别", "2", "1", "50%"],
        ["申报须知", "1", "0", "0%"],
        ["申报信息", "1", "1", "100%"],
    ]
    assert rows[-1] == ["提交成功", "0", "", ""]


def test_every_step_that_is_counted_has_its_words() -> None:
    assert tuple(STEPS) == NAMES
    assert set(STEPS) - {"done"} <= set(BY_NAME)


def test_what_was_returned_is_named_as_on_the_form(desk: Desk) -> None:
    returned(desk.services, confirmed(desk.services), school="请写全称", portrait="请重拍")
    assert sorted(row[1:] for row in _table(desk, "退回补正的项目")) == [["1", "100%"]] * 2
    assert _table(desk, "多久受理或退回")[0] == ["当天", "1", "100%"]


@pytest.mark.parametrize(
    ("asked", "first"),
    [("", "2025/12/22"), ("13", "2026/03/23"), ("52", "2025/06/23"), ("7", "2025/12/22"), ("x", "2025/12/22")],
)
def test_the_period_is_chosen_and_any_other_is_half_a_year(desk: Desk, asked: str, first: str) -> None:
    assert first in desk.get(f"/office/figures?weeks={asked}").text


def test_nothing_in_it_says_who(desk: Desk) -> None:
    application = returned(desk.services, confirmed(desk.services), school="李春明的学校不对")
    html = desk.get("/office/figures").html
    details = application.answers["details"]
    for secret in (
        details["name"],
        details["id_number"],
        details["phone"],
        details["employer"],
        "李*",
        application.number,
    ):
        assert secret not in html


def test_an_auditor_reads_it_too(app: Flask) -> None:
    desk = Desk(app)
    desk.enter(staffed(desk.services, role=Role.AUDITOR))
    assert desk.get("/office/figures").status == 200
