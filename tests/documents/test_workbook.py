import io
from datetime import date, datetime
from random import Random
from zipfile import BadZipFile, ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.escape import unescape

from renewal.documents.workbook import LONGEST, SHEET, workbook

WIDTHS = {"证件号码": 20, "日期": 12, "说明": 30}


def made(*rows: list[object]) -> bytes:
    return b"".join(workbook("办件", WIDTHS, len(rows), [[row] for row in rows]))


def cells(content: bytes, row: int = 2) -> list[Cell]:
    return list(load_workbook(io.BytesIO(content)).active[row])


def test_long_numbers_are_text_and_dates_are_dates() -> None:
    number, day, moment = cells(made(["370101198003070017", date(2003, 7, 1), datetime(2026, 6, 15, 12, 30)]))
    assert (number.value, number.data_type, number.number_format) == ("370101198003070017", "s", "@")
    assert (day.value, day.is_date, day.number_format) == (datetime(2003, 7, 1), True, "yyyy-mm-dd")
    assert (moment.value, moment.number_format) == (datetime(2026, 6, 15, 12, 30), "yyyy-mm-dd hh:mm")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "#N/A", "1", "TRUE", '=HYPERLINK("x")']
)
def test_no_text_becomes_a_formula_or_anything_else(text: str) -> None:
    content = made([text, "", ""])
    cell = cells(content)[0]
    assert (cell.value, cell.data_type) == (text, "s")
    assert "<f" not in ZipFile(io.BytesIO(content)).read(SHEET).decode().partition("<sheetData>")[2]


@pytest.mark.parametrize("text", ["<b> & \"x\" 'y'", " 前后有空格 ", "两\n行", "𠮷野家", "a" * LONGEST])
def test_text_comes_back_as_it_was(text: str) -> None:
    assert cells(made([text, "", ""]))[0].value == text


def test_what_excel_would_read_as_an_escaped_letter_is_escaped() -> None:
    assert unescape(cells(made(["_x0041_ _xyz_", "", ""]))[0].value) == "_x0041_ _xyz_"


def test_what_a_workbook_cannot_hold_is_left_out() -> None:
    assert cells(made(["a\x00\x0b\ud800b\uffff", "", "字" * (LONGEST + 1)]))[0].value == "ab"
    assert len(cells(made(["", "", "字" * (LONGEST + 1)]))[2].value) == LONGEST


def test_the_headings_stay_in_sight_and_filter() -> None:
    sheet = load_workbook(io.BytesIO(made(["1", "", ""], ["2", "", ""]))).active
    assert [cell.value for cell in sheet[1]] == list(WIDTHS)
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == list(WIDTHS.values())
    assert sheet.title == "办件"


def test_every_program_sees_all_rows() -> None:
    """One that believes what a sheet says of its size, too."""
    sheet = load_workbook(io.BytesIO(made(*([str(number), "", ""] for number in range(250)))), read_only=True).active
    assert [row[0] for row in sheet.iter_rows(values_only=True)][1:] == [str(number) for number in range(250)]


def test_equal_tables_are_equal_files() -> None:
    assert made(["1", date(2003, 7, 1), "x"]) == made(["1", date(2003, 7, 1), "x"])


def test_each_page_is_sent_before_the_next_is_read() -> None:
    asked: list[int] = []

    def pages():
        for number in (1, 2):
            asked.append(number)
            yield [[Random(row * number).randbytes(15_000).hex(), "", ""] for row in range(3)]

    pieces = workbook("办件", WIDTHS, 2, pages())
    assert (len(next(pieces)) > 1000, asked) == (True, [])
    assert (len(next(pieces)) > 1000, asked) == (True, [1])


def test_one_that_breaks_off_is_no_workbook() -> None:
    def pages():
        yield [["1", "", ""]]
        raise RuntimeError

    pieces, sent = workbook("办件", WIDTHS, 2, pages()), []
    with pytest.raises(RuntimeError):
        sent.extend(pieces)
    with pytest.raises(BadZipFile):
        ZipFile(io.BytesIO(b"".join(sent)))
