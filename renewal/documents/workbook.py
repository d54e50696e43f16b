"""A table as an XLSX workbook, sent while its rows are read. openpyxl makes all but the rows, in memory: its way of
writing them, like that of other libraries, would leave a file with everybody's data on the disk."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from itertools import count
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from renewal.documents.pipe import Pipe

SHEET = "xl/worksheets/sheet1.xml"
FORMATS = {str: "@", date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm"}
"""By the type of a cell: text stays text when it is edited, be it of digits only."""
LONGEST = 32_767  # characters of a cell, to Excel
# XML knows none of these, and Excel reads the letters _x0041_ as an A.
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOW = re.compile(rb"<dcterms:(created|modified).*?</dcterms:\1>")  # equal tables are to be equal files
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def workbook(
    title: str, widths: Mapping[str, int], height: int, pages: Iterable[Iterable[Sequence[Any]]]
) -> Iterator[bytes]:
    """The file in pieces, one for each page of rows; `widths` of the columns are in digits, by heading, and about
    `height` rows will come. A cell is text, which stays text if it looks like a formula or a number, a date, or a
    moment without a zone."""
    made, styles = _around(title, widths, height)
    with ZipFile(made) as parts:
        names = [name for name in parts.namelist() if name != SHEET]
        before, after = re.sub("<dimension[^>]*>", "", parts.read(SHEET).decode()).split("</sheetData>")
        pipe = Pipe()
        archive = ZipFile(pipe, "w", ZIP_DEFLATED)  # closed at the end only: what broke off must not look whole
        for name in names:
            archive.writestr(_part(name), NOW.sub(b"", parts.read(name)))
    with archive.open(_part(SHEET), "w") as sheet:
        sheet.write(before.encode())
        yield pipe.take()
        numbers = count(2)
        for rows in pages:
            sheet.write("".join(_row(next(numbers), row, styles) for row in rows).encode())
            yield pipe.take()
        sheet.write(f"</sheetData>{after}".encode())
    archive.close()
    yield pipe.take()


def _around(title: str, widths: Mapping[str, int], height: int) -> tuple[BytesIO, dict[type, int]]:
    """A workbook with its headings, and the numbers of its styles by type."""
    book = Workbook()
    book.properties.creator = title
    sheet = book.active
    sheet.title = title
    sheet.append([*widths])
    for number, width in enumerate(widths.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        heading = sheet.cell(1, number)
        heading.font, heading.fill = Font(bold=True), PatternFill("solid", fgColor="E8EFFA")
        heading.alignment = Alignment(vertical="center")
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{height + 1}"
    styles = {kind: _style(book, shown) for kind, shown in FORMATS.items()}
    made = BytesIO()
    book.save(made)
    return made, styles


def _style(book: Any, number_format: str) -> int:
    """Made with a cell of another sheet, which is then thrown away."""
    sheet = book.create_sheet()
    cell = sheet.cell(1, 1)
    cell.number_format = number_format
    style = int(cell.style_id)
    book.remove(sheet)
    return style


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name)  # of 1980, as all of its kind
    part.compress_type = ZIP_DEFLATED
    return part


def _row(number: int, row: Sequence[Any], styles: dict[type, int]) -> str:
    cells = (_cell(f"{get_column_letter(column)}{number}", value, styles) for column, value in enumerate(row, 1))
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(place: str, value: Any, styles: dict[type, int]) -> str:
    if value == "":
        return ""
    style = styles[type(value)]
    if isinstance(value, date):
        return f'<c r="{place}" s="{style}"><v>{to_excel(value)}</v></c>'
    text = ESCAPE.sub("_x005F_", NO_TEXT.sub("", value)[:LONGEST])
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
