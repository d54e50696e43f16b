"""What every kind of file comes out as, and what no honest one passes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from renewal.sheets.errors import SheetRefused

LONGEST_CELL = 1000  # characters that are read of a cell; its field says how long is too long
MOST_COLUMNS = 100
MOST_ROWS = 1_000_000
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)

Row = tuple[int, list[str]]
"""Its number, as a spreadsheet shows it, and its cells from the first column on."""


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` can be asked for once, and raises SheetRefused where the file is broken; empty rows are left out.
    `read` tells how much of the file has been read, from 0 to 1. Days that are plain numbers count from `epoch`.
    Once all rows are read, `merged` has the ranges of merged cells, each with its last row."""

    name: str
    rows: Iterator[Row]
    read: Callable[[], float]
    epoch: date = EPOCH_1900
    merged: list[tuple[str, int]] = field(default_factory=list)


def bounded(rows: Iterator[Row]) -> Iterator[Row]:
    """Those that hold anything. Raises SheetRefused past MOST_ROWS."""
    for count, (number, cells) in enumerate(rows):
        if count >= MOST_ROWS:
            raise SheetRefused(f"表格超过{MOST_ROWS}行，请分开后再导入。")
        if any(cells):
            yield number, cells
