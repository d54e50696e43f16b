"""A workbook is read as it was saved, or refused in words."""

import io
import tracemalloc
from contextlib import suppress
from datetime import date, datetime

import pytest

from renewal.sheets import archive
from renewal.sheets.cells import FORMULA
from renewal.sheets.errors import SheetRefused
from renewal.sheets.read import table
from renewal.sheets.table import EPOCH_1904, LONGEST_CELL
from tests.sheets.workbooks import rewritten, shared, workbook

HEADING = ("姓名", "证件号码", "有效期至")


def read(data: bytes) -> list[list[str]]:
    return [cells for _, cells in table(io.BytesIO(data)).rows]


@pytest.mark.parametrize("written", [bytes, shared], ids=["in the cells", "shared"])
def test_texts_and_numbers_come_as_they_were_typed(written) -> None:
    data = workbook(HEADING, ("李明", "37010119800307001X", "2026/07/01"), ("王五", 46204, 1.5))
    assert read(written(data)) == [
        [*HEADING],
        ["李明", "37010119800307001X", "2026/07/01"],
        ["王五", "46204", "1.5"],
    ]


def test_rows_keep_the_numbers_that_excel_shows() -> None:
    found = table(io.BytesIO(workbook(HEADING, (), ("李明",)))).rows
    assert [number for number, _ in found] == [1, 3]


def test_an_empty_cell_leaves_the_others_in_their_columns() -> None:
    assert read(workbook(("李明", None, None, "电力工程"))) == [["李明", "", "", "电力工程"]]


@pytest.mark.parametrize("day", [date(2026, 7, 1), datetime(2026, 7, 1, 8, 30)])
def test_a_day_is_a_day_however_it_is_shown(day: date) -> None:
    def show(book) -> None:
        for row, code in enumerate(("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "mm-dd-yy", "[$-804]d/m/yyyy"), start=1):
            book.active.cell(row, 1, day).number_format = code

    assert read(workbook(change=show)) == [["2026/07/01"]] * 4


def test_money_and_hours_are_no_days() -> None:
    def show(book) -> None:
        book.active.cell(1, 1, 46204).number_format = '#,##0.00"day"'
        book.active.cell(1, 2, 0.5).number_format = "h:mm"

    assert read(workbook(change=show)) == [["46204", "0.5"]]


def test_a_book_of_a_mac_counts_from_1904() -> None:
    def mac(book) -> None:
        book.epoch = datetime(1904, 1, 1)
        book.active.cell(1, 1, date(2026, 7, 1))

    found = table(io.BytesIO(workbook(change=mac)))
    assert found.epoch == EPOCH_1904
    assert next(found.rows) == (1, ["2026/07/01"])


def test_of_a_formula_its_saved_result_is_read() -> None:
    data = workbook(("=1+1", "=UPPER(A1)"))
    assert read(data) == [[FORMULA, FORMULA]]
    saved = rewritten(data, sheet1=lambda xml: xml.replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"))
    assert read(saved) == [["2", FORMULA]]


def test_a_faulty_formula_is_seen_as_one() -> None:
    def fault(book) -> None:
        book.active["A1"] = "#N/A"
        book.active["A1"].data_type = "e"

    assert read(workbook(change=fault)) == [["#N/A"]]


def test_reading_aids_for_characters_are_left_out() -> None:
    data = shared(workbook(("李明",)))
    aided = rewritten(
        data, sharedStrings=lambda xml: xml.replace(b"<t>", b"<r><t>").replace(b"</t>", b"</t></r><rPh><t>LI</t></rPh>")
    )
    assert read(aided) == [["李明"]]


def test_the_first_sheet_that_is_shown_is_read() -> None:
    def hide(book) -> None:
        book.active.sheet_state = "hidden"
        book.create_sheet("名册").append(("李明",))

    found = table(io.BytesIO(workbook(("说明",), change=hide)))
    assert (found.name, list(found.rows)) == ("名册", [(1, ["李明"])])


def test_merged_cells_are_told() -> None:
    found = table(io.BytesIO(workbook(HEADING, ("李明",), change=lambda book: book.active.merge_cells("A2:A5"))))
    assert (len(list(found.rows)), found.merged) == (2, [("A2:A5", 5)])


def test_a_cell_of_ten_megabytes_takes_no_room() -> None:
    data = rewritten(
        shared(workbook(("李明",))), sharedStrings=lambda xml: xml.replace("李明".encode(), b"x" * 10_000_000)
    )
    tracemalloc.start()
    assert len(read(data)[0][0]) <= LONGEST_CELL + 1
    assert tracemalloc.get_traced_memory()[1] < 3_000_000
    tracemalloc.stop()


def test_a_cell_far_out_is_not_reached() -> None:
    assert read(workbook(("李明",), change=lambda book: book.active.cell(1, 16384, "x"))) == [["李明"]]


def test_a_workbook_that_swells_up_is_refused_before_it_does() -> None:
    bomb = rewritten(workbook(("李明",)), sheet1=lambda _: b"<x>" + b" " * 50_000_000)
    with pytest.raises(SheetRefused, match="解压后过大"):
        read(bomb)


def test_so_is_one_that_is_simply_too_large(monkeypatch) -> None:
    monkeypatch.setattr(archive, "LARGEST", 1000)
    with pytest.raises(SheetRefused, match="解压后过大"):
        read(workbook(("李明",)))


def test_entities_are_not_expanded() -> None:
    lol = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(SheetRefused, match="已损坏"):
        read(rewritten(workbook(("李明",)), sheet1=lambda xml: lol + xml))


@pytest.mark.parametrize("part", ["sheet1", "workbook", "sharedStrings", "styles"])
def test_a_broken_part_is_refused(part: str) -> None:
    with pytest.raises(SheetRefused, match="已损坏"):
        read(rewritten(shared(workbook(("李明",))), **{part: lambda xml: xml[: len(xml) // 2]}))


@pytest.mark.parametrize("end", [4, 100, 1000, -30])
def test_a_file_that_did_not_come_whole_is_refused(end: int) -> None:
    with pytest.raises(SheetRefused, match=r"已损坏|传错"):
        read(workbook(HEADING, ("李明",))[:end])


def test_bytes_that_changed_on_the_way_are_noticed() -> None:
    data = bytearray(workbook(HEADING, *[(f"李{n}", str(n), "2026/07/01") for n in range(200)]))
    for at in range(300, len(data) - 300, 97):
        spoilt = bytearray(data)
        spoilt[at] ^= 0xFF
        with suppress(SheetRefused):
            read(bytes(spoilt))


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "旧版 Excel"),
        (b"", "文件是空的"),
        (b"  \n ", "文件是空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "不是表格文件|哪种编码"),
        (b"%PDF-1.7\n\0\0", "不是表格文件"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_name(start: bytes, words: str) -> None:
    with pytest.raises(SheetRefused, match=words):
        read(start)


def test_macros_are_never_looked_at() -> None:
    """An .xlsm is the same archive with a program beside the sheets."""
    kinds = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    data = rewritten(workbook(("李明",)), **{"[Content_Types]": lambda xml: xml.replace(plain, kinds)})
    assert read(data) == [["李明"]]
