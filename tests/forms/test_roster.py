"""What a roster's columns are called, and what is read of a row."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.forms.fields import Rules
from renewal.forms.roster import RowReader, columns_of
from renewal.sheets.table import EPOCH_1900, EPOCH_1904
from tests.domain.strategies import TODAY
from tests.factories import CREDIT_CODE, person

ME = person(1)
ROW = {"姓名": ME.name, "身份证号": ME.id_number, "有效期至": "2026/07/01"}


def read(row: dict[str, str], epoch: date = EPOCH_1900):
    return RowReader(columns_of(list(row)), Rules(TODAY), epoch).read(list(row.values()))


def test_the_id_number_adds_what_it_says() -> None:
    reading = read(ROW)
    assert reading.problems == []
    assert reading.record == {
        "name": ME.name,
        "id_number": ME.id_number,
        "id_type": "身份证",
        "sex": "男",
        "birth_date": "1980/03/07",
        "valid_until": "2026/07/01",
    }


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-01", "2026/07/01"),
        ("2026年7月1日", "2026/07/01"),
        ("20260701", "2026/07/01"),
        ("2026-07-01 00:00:00", "2026/07/01"),
        ("2026-07-01T00:00:00", "2026/07/01"),
        ("2023/07/02至2026/07/01", "2026/07/01"),
        ("46204", "2026/07/01"),
        ("46204.0", "2026/07/01"),
    ],
)
def test_the_end_of_a_registration_is_read_however_it_is_written(text: str, day: str) -> None:
    assert read({**ROW, "有效期至": text}).record["valid_until"] == day


def test_plain_numbers_count_from_the_books_own_day() -> None:
    assert read({**ROW, "有效期至": "44742"}, EPOCH_1904).record["valid_until"] == "2026/07/01"


@pytest.mark.parametrize(
    ("column", "text", "why"),
    [
        ("姓名", "", "没有姓名"),
        ("姓名", "李" * 300, "太长"),
        ("身份证号", "3.70101198003E+17", "后几位已经丢失"),
        ("身份证号", "370101800307001", "15位"),
        ("身份证号", "=公式", "粘贴为数值"),
        ("有效期至", "", "没有有效期至"),
        ("有效期至", "2026/02/30", "没有30日"),
        ("有效期至", "长期", "年月日"),
        ("有效期至", "#REF!", "错误值"),
    ],
)
def test_a_row_without_the_essentials_is_not_taken_and_says_why(column: str, text: str, why: str) -> None:
    reading = read({**ROW, column: text})
    assert reading.record is None
    ((_, shown, said),) = reading.problems
    assert shown == text
    assert why in said


@pytest.mark.parametrize(
    ("column", "text"), [("性别", "女"), ("出生日期", "1980/03/08"), ("证件类型", "港澳台居民居住证")]
)
def test_a_row_that_contradicts_its_id_number_is_not_taken(column: str, text: str) -> None:
    reading = read({**ROW, column: text})
    assert reading.record is None
    assert "与证件号码不符" in reading.problems[0][2]


@pytest.mark.parametrize(
    ("column", "text"),
    [("手机号码", "0531-88888888"), ("信用代码", "91370100"), ("注册专业", "装修工程"), ("民族", "#N/A")],
)
def test_what_else_is_wrong_is_left_out_and_told(column: str, text: str) -> None:
    reading = read({**ROW, column: text})
    assert reading.record.keys() == read(ROW).record.keys()
    assert [problem[1] for problem in reading.problems] == [text]


def test_numbers_that_a_program_wrote_with_a_point_are_read() -> None:
    assert read({**ROW, "手机": "13800000001.0"}).record["phone"] == "13800000001"


@pytest.mark.parametrize(
    "columns",
    [
        {"注册专业": "房屋建筑工程、市政公用工程"},
        {"注册专业": "房屋建筑 市政公用"},
        {"注册专业1": "房屋建筑工程,市政公用工程", "注册专业2": ""},
        {"注册专业1": "房屋建筑工程", "注册专业2": "市政公用工程"},
        {"专业": "01；13"},
    ],
)
def test_two_specialties_are_read_from_one_column_or_two(columns: dict[str, str]) -> None:
    record = read({**ROW, **columns}).record
    assert (record["specialty_1"], record["specialty_2"]) == ("房屋建筑工程", "市政公用工程")
    assert "specialties" not in record


def test_a_third_specialty_is_told() -> None:
    reading = read({**ROW, "专业": "房屋建筑工程、市政公用工程、电力工程"})
    assert reading.record["specialty_2"] == "市政公用工程"
    assert "最多两个" in reading.problems[0][2]


def test_a_short_row_has_empty_cells_at_its_end() -> None:
    reader = RowReader({"name": 0, "id_number": 1, "valid_until": 2, "employer_code": 9}, Rules(TODAY), EPOCH_1900)
    assert reader.read([ME.name, ME.id_number, "2026/07/01"]).problems == []


@given(st.lists(st.text(max_size=30), min_size=4, max_size=4))
def test_whatever_stands_in_a_row_is_taken_or_told(cells: list[str]) -> None:
    columns = {"name": 0, "id_number": 1, "valid_until": 2, "specialties": 3}
    reading = RowReader(columns, Rules(TODAY), EPOCH_1900).read(cells)
    assert reading.record or reading.problems


def test_the_credit_code_is_read() -> None:
    assert read({**ROW, "社会信用代码": CREDIT_CODE.lower()}).record["employer_code"] == CREDIT_CODE
