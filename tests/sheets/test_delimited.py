"""CSV in whatever way a spreadsheet wrote it."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from renewal.sheets import delimited
from renewal.sheets.errors import SheetRefused
from renewal.sheets.read import table

TEXT = "姓名,证件号码\r\n李明,37010119800307001X\r\n"
ROWS = [["姓名", "证件号码"], ["李明", "37010119800307001X"]]


def read(data: bytes) -> list[list[str]]:
    return [cells for _, cells in table(io.BytesIO(data)).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "gb2312"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_and_delimiter_of_a_spreadsheet_is_known(encoding: str, delimiter: str) -> None:
    assert read(TEXT.replace(",", delimiter).encode(encoding)) == ROWS


def test_rare_characters_of_gb18030_are_read() -> None:
    assert read("姓名\n𠮷野㐂䶮\n".encode("gb18030")) == [["姓名"], ["𠮷野㐂䶮"]]


def test_an_encoding_that_nobody_can_tell_is_refused() -> None:
    with pytest.raises(SheetRefused, match="哪种编码"):
        read("姓名,".encode() + b"\xff\xff\xff\r\n")


def test_a_character_cut_off_at_the_end_is_no_other_encoding() -> None:
    with pytest.raises(SheetRefused, match="哪种编码"):
        read("姓名,李明\n王五,李".encode()[:-1])


def test_rows_are_counted_as_a_spreadsheet_does() -> None:
    data = '姓名,备注\n\n李明,"两\n行"\n王五,\n'.encode()
    assert [number for number, _ in table(io.BytesIO(data)).rows] == [1, 3, 4]


def test_digits_held_as_text_are_read_as_digits() -> None:
    assert read('="0012",\t李明 \n'.encode()) == [["0012", "李明"]]


def test_a_quote_that_never_ends_is_refused() -> None:
    with pytest.raises(SheetRefused, match="第2行读不出来"):
        read('姓名,备注\n李明,"没有完'.encode() + b"x" * 200_000)


def test_a_line_without_an_end_is_not_read_whole(monkeypatch) -> None:
    monkeypatch.setattr(delimited, "LONGEST_LINE", 1000)
    with pytest.raises(SheetRefused, match="有一行太长"):
        read(b"a," * 100_000)


def test_how_much_is_read_is_told() -> None:
    found = table(io.BytesIO(TEXT.encode() * 50_000))
    next(found.rows)
    assert 0 < found.read() < 1
    list(found.rows)
    assert found.read() == 1


@given(st.binary(max_size=300))
def test_whatever_comes_is_read_or_refused_in_words(data: bytes) -> None:
    with suppress(SheetRefused):
        read(data)
