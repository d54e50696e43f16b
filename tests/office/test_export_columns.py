"""The table: the manual's fields in its order and words, codes beside them, and what became of the case."""

from datetime import date, datetime

import pytest

from renewal.domain.application import Status
from renewal.domain.codes import SPECIALTIES
from renewal.forms.details import CODES, FORM
from renewal.office import deciding, undoing
from renewal.office.export_columns import COLUMNS
from renewal.office.exporting import Kind
from tests.casework import accepted, now
from tests.exporting import csv_rows, exported, handed_in_again, xlsx_rows
from tests.factories import CLERK, moved, person, submitted
from tests.queueing import case
from tests.staffing import staffed

MANUAL = (
    "姓名 性别 证件类型 证件号码 出生日期 手机号码 民族 学历 学位 "
    "毕业院校 所学专业 毕业时间 单位名称 申请注册专业1 申请注册专业2"
)
NOON = datetime(2026, 6, 15, 12, 0)


@pytest.fixture
def wang(services):
    return staffed(services, "王科员")


def row(services, wang, kind=Kind.XLSX) -> dict:
    (only,) = (xlsx_rows if kind is Kind.XLSX else csv_rows)(exported(services, wang, kind))
    return only


def test_the_columns_are_the_manuals_in_its_order():
    assert [heading for heading in COLUMNS if heading in MANUAL.split()] == MANUAL.split()
    assert set(FORM.labels.values()) <= set(COLUMNS)


def test_every_code_stands_beside_its_word(services, wang):
    case(services)
    told = row(services, wang)
    assert (told["性别"], told["性别代码"]) == ("男", "1")
    assert (told["民族"], told["民族代码"]) == ("汉族", "01")
    assert told["申请注册专业2代码"] == SPECIALTIES.code("市政公用工程")
    headings = list(COLUMNS)
    assert [headings[headings.index(FORM.labels[name]) + 1] for name in CODES] == [
        f"{FORM.labels[name]}代码" for name in CODES
    ]


def test_what_comes_from_a_standard_has_its_codes():
    """A document's kind has none here."""
    assert {field.name for field in FORM.fields if field.choices} - {"id_type"} == set(CODES)


def test_numbers_are_text_and_dates_are_dates(services, wang):
    who = person(3)
    one = submitted(services, who)
    told = row(services, wang)
    assert (told["证件号码"], told["手机号码"]) == (who.id_number, who.phone)
    assert told["毕业时间"] == datetime(2003, 7, 1)
    assert (told["承诺时间"], told["提交时间"], told["补正后提交时间"]) == (NOON, NOON, None)
    assert (told["编号"], told["状态"], told["办理结果"]) == (one.number, "已提交", None)
    in_csv = row(services, wang, Kind.CSV)
    assert (in_csv["证件号码"], in_csv["毕业时间"], in_csv["提交时间"]) == (
        who.id_number,
        "2003-07-01",
        "2026-06-15 12:00:00",
    )
    assert in_csv["办结日期"] == ""


def test_who_decided_what_and_when_is_told(services, wang, clock):
    one = accepted(services, wang)
    told = row(services, wang)
    assert (told["经办人"], told["受理日期"], told["办结日期"]) == ("王科员", datetime(2026, 6, 15), None)
    assert told["办理期限"].date() == now(services, one).deadline
    clock.go_on(days=1)
    deciding.decline(services, one, one.version, wang, "继续教育未达到要求")
    told = row(services, wang)
    assert told["办理结果"] == "不予延续注册"
    assert told["理由"].startswith("继续教育未达到要求。")
    assert (told["受理日期"], told["办结日期"]) == (datetime(2026, 6, 15), datetime(2026, 6, 16))


def test_what_was_undone_is_not_told(services, wang):
    one = accepted(services, wang)
    undoing.take_back(services, one, one.version, wang)
    told = row(services, wang)
    assert (told["状态"], told["受理日期"]) == ("单位已确认", None)


def test_a_corrected_case_is_told_as_it_was_last_handed_in(services, wang, clock):
    one = moved(services, case(services), Status.RETURNED)
    clock.go_on(days=2)
    handed_in_again(services, one, school="山东大学")
    told = row(services, wang)
    assert (told["毕业院校"], told["提交时间"]) == ("山东大学", NOON)
    assert told["补正后提交时间"] == datetime(2026, 6, 17, 12, 0)


@pytest.mark.parametrize("kind", [Kind.CSV, Kind.XLSX])
@pytest.mark.parametrize("reason", ["=cmd|' /C calc'!A0", "+1", "@SUM(1)", "\t=1"])
def test_a_reason_is_never_a_formula(services, wang, kind, reason):
    one = case(services)
    services.applications.transition(one, Status.WITHDRAWN, CLERK, services.now(), reason)
    told = row(services, wang, kind)["理由"]
    assert told == (reason if kind is Kind.XLSX else f"'{reason}")


def test_a_day_is_a_day_of_china(services, wang, clock):
    clock.go_on(hours=13)  # 01:00 on the 16th in China
    moved(services, case(services), Status.NOT_TAKEN)
    assert row(services, wang)["办结日期"].date() == date(2026, 6, 16)
