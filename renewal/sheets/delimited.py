"""CSV as spreadsheets write it: in UTF-8, UTF-16, GBK or GB18030, with commas, semicolons or tabs."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import IO

from renewal.sheets.errors import SheetRefused
from renewal.sheets.table import LONGEST_CELL, MOST_COLUMNS, Row, Table, bounded

BLOCK = 256 * 1024  # bytes
LONGEST_LINE = 256 * 1024  # characters
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
AS_TEXT = re.compile('="(.*)"', re.DOTALL)
"""What makes a spreadsheet show digits as they are."""
CHINESE = re.compile("[\u3000-\u9fff]")
BY_CHANCE = 1
"""Text in GBK hardly ever has two characters that UTF-8 knows, too, before one that it does not."""
NO_TABLE = "这不是表格文件。请上传 Excel 工作簿（.xlsx）或 CSV 文件。"
UNKNOWN_ENCODING = (
    "文件里的文字认不出是哪种编码，或者文件没有传完整。请用 Excel 打开，另存为“CSV UTF-8”或 .xlsx 后再上传。"
)


def read(file: IO[bytes]) -> Table:
    """Raises SheetRefused for what is no text, or in an encoding that nobody can tell."""
    size = file.seek(0, io.SEEK_END)
    encoding = _encoding(file)
    with _text(file, encoding) as text:
        delimiter = _delimiter(text.readline(LONGEST_LINE))
    return Table("", bounded(_rows(file, encoding, delimiter)), lambda: file.tell() / size if size else 1.0)


@contextmanager
def _text(file: IO[bytes], encoding: str) -> Iterator[IO[str]]:
    """From the beginning; the file stays open, and its owner's."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield text
    finally:
        text.detach()


def _encoding(file: IO[bytes]) -> str:
    """By its mark; else UTF-8 if all of it can be read so, else GB18030, which holds GBK and GB 2312."""
    file.seek(0)
    start = file.read(4)
    marked = next((encoding for mark, encoding in MARKS.items() if start.startswith(mark)), "")
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        read = _read_as(file, encoding)
        if read is None:
            return encoding
        if encoding == "utf-8" and len(CHINESE.findall(read)) > BY_CHANCE:
            break  # spoilt UTF-8 can be read as GB18030, but not by people
    raise SheetRefused(UNKNOWN_ENCODING)


def _read_as(file: IO[bytes], encoding: str) -> str | None:
    """None if all of it can be read so, else what could be of the block where it ended.
    Raises SheetRefused for characters that no text has."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    read = ""
    try:
        for block in iter(lambda: file.read(BLOCK), b""):
            read = decoder.decode(block)
            if "\0" in read:
                raise SheetRefused(NO_TABLE)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as wrong:
        return read + bytes(wrong.object[: wrong.start]).decode(encoding, "replace")
    return None


def _delimiter(first_line: str) -> str:
    return max((",", "\t", ";"), key=first_line.count)


def _rows(file: IO[bytes], encoding: str, delimiter: str) -> Iterator[Row]:
    """Lines are numbered as a spreadsheet would: by row, however many lines a cell has."""
    with _text(file, encoding) as text:
        lines = csv.reader(_lines(text), delimiter=delimiter)
        for number in count(1):
            try:
                cells = next(lines, None)
            except csv.Error as broken:
                raise SheetRefused(f"第{number}行读不出来：引号没有成对，或有一格太长。请改正后再上传。") from broken
            if cells is None:
                return
            yield number, [_cell(cell) for cell in cells[:MOST_COLUMNS]]


def _lines(text: IO[str]) -> Iterator[str]:
    """None is read whole before it is known to end."""
    for line in iter(lambda: text.readline(LONGEST_LINE), ""):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise SheetRefused("有一行太长，不像名册。请检查文件是否完整，每人是否一行。")
        yield line


def _cell(text: str) -> str:
    shown = AS_TEXT.fullmatch(text)
    return (shown[1].replace('""', '"') if shown else text)[:LONGEST_CELL].strip()
