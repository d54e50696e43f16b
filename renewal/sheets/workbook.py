"""The first sheet of an Excel workbook (ECMA-376, SpreadsheetML): values as they were saved, no macro, no formula."""

import re
from collections.abc import Iterator
from posixpath import join, normpath
from typing import IO, Any

from renewal.sheets.archive import Archive
from renewal.sheets.cells import Cells
from renewal.sheets.errors import SheetRefused
from renewal.sheets.shared import SharedTexts
from renewal.sheets.table import EPOCH_1900, EPOCH_1904, Row, Table, bounded

OTHER_KIND = "读不了这种 Excel 文件。请用 Excel 打开，另存为“Excel 工作簿（.xlsx）”后再上传。"
EMPTY = "文件里没有工作表。请检查是否传错了文件。"
DAYS = frozenset((*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 55), 56, 57, 58))
"""Built-in formats of numbers that show days, those of Chinese Excel among them (ECMA-376, 18.8.30)."""
NOT_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
MAIN = "_rels/.rels"


def read(file: IO[bytes]) -> Table:
    """Raises SheetRefused."""
    archive = Archive(file)
    book = _relations(archive, MAIN).get("officeDocument", "") if MAIN in archive.names else ""
    if not book.endswith(".xml"):
        raise SheetRefused(OTHER_KIND)
    sheets, epoch = _sheets(archive, book)
    rels = _relations(archive, _rels_of(book))
    visible = [(name, rels[key]) for name, state, key in sheets if state == "visible" and key in rels]
    if not visible:
        raise SheetRefused(EMPTY)
    shared, styles = rels.get("sharedStrings", ""), rels.get("styles", "")
    texts = SharedTexts()
    if shared in archive.names:
        archive.parse(shared, texts.on)
    cells = Cells(texts, _day_styles(archive, styles) if styles in archive.names else frozenset(), epoch)
    progress = [0.0]
    name, part = visible[0]
    return Table(name, bounded(_rows(archive, part, cells, progress)), lambda: progress[0], epoch, cells.merged)


def _rows(archive: Archive, part: str, cells: Cells, progress: list[float]) -> Iterator[Row]:
    for progress[0] in archive.feed(part, cells.on):
        yield from cells.take()
    yield from cells.take()


def _relations(archive: Archive, part: str) -> dict[str, str]:
    """Where the parts are, by id and by the last word of their kind."""
    base = part.partition("_rels/")[0]
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes["Target"]
            path = target[1:] if target.startswith("/") else normpath(join(base, target))
            found[attributes["Id"]] = found[attributes["Type"].rpartition("/")[2]] = path

    archive.parse(part, _starts(start))
    return found


def _rels_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return join(folder, "_rels", f"{name}.rels")


def _sheets(archive: Archive, book: str) -> tuple[list[tuple[str, str, str]], Any]:
    """Name, state and relation of each, and from when days count."""
    sheets: list[tuple[str, str, str]] = []
    epochs = [EPOCH_1900]

    def start(name: str, attributes: dict[str, str]) -> None:
        if local(name) == "sheet":
            key = next((value for each, value in attributes.items() if local(each) == "id"), "")
            sheets.append((attributes.get("name", ""), attributes.get("state", "visible"), key))
        elif local(name) == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            epochs.append(EPOCH_1904)

    archive.parse(book, _starts(start))
    return sheets, epochs[-1]


def _day_styles(archive: Archive, part: str) -> frozenset[str]:
    """The numbers of the styles under which a number is a day."""
    codes: dict[str, str] = {}
    formats: list[str] = []
    inside = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "numFmt":
                codes[attributes["numFmtId"]] = attributes.get("formatCode", "")
            case "cellXfs" | "cellStyleXfs" | "dxfs" as part_of:
                inside[0] = part_of
            case "xf" if inside[0] == "cellXfs":
                formats.append(attributes.get("numFmtId", "0"))

    archive.parse(part, _starts(start))
    return frozenset(str(style) for style, number in enumerate(formats) if _shows_days(number, codes))


def _shows_days(number: str, codes: dict[str, str]) -> bool:
    if number in codes:
        return bool(re.search("[yde]", NOT_CODE.sub("", codes[number].lower().replace("general", ""))))
    return number.isdecimal() and int(number) in DAYS


def _starts(start: Any) -> Any:
    def on(parser: Any) -> None:
        parser.StartElementHandler = start

    return on


def local(name: str) -> str:
    return name.rpartition(":")[2]
