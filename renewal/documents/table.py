"""A table as a CSV file that opens in the office's spreadsheet: UTF-8 with its mark, and never a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell of a formula, or of one that a spreadsheet makes out of it, begins with (OWASP, CSV injection)."""


def csv_file(pages: Iterable[Iterable[Sequence[object]]]) -> Iterator[bytes]:
    """The file in pieces, one for each page of rows: nobody holds all of it."""
    yield b"\xef\xbb\xbf"
    for rows in pages:
        out = io.StringIO()
        csv.writer(out).writerows([_harmless(cell) for cell in row] for row in rows)
        yield out.getvalue().encode("utf-8")


def _harmless(cell: object) -> str:
    """An apostrophe in front: the spreadsheet shows the text as it is."""
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text
