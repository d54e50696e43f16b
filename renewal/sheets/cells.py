"""The cells of a sheet as its XML goes by: each a text, days as YYYY/MM/DD, formulas as what was saved of them."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Protocol

from renewal.sheets.shared import Collector
from renewal.sheets.table import MOST_COLUMNS, Row

FORMULA = "=公式"
"""What stands for a formula whose result was not saved."""
DIGITS = "0123456789"


class Texts(Protocol):
    def __getitem__(self, place: int) -> str: ...


class Cells:
    def __init__(self, texts: Texts, day_styles: frozenset[str], epoch: date) -> None:
        self._texts, self._day_styles, self._epoch = texts, day_styles, epoch
        self.merged: list[tuple[str, int]] = []
        self._done: list[Row] = []
        self._row: list[str] = []
        self._number = self._column = 0
        self._kind = self._style = ""
        self._formula = self._in_cell = False
        self._now = Collector()

    def on(self, parser: Any) -> None:
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._now.text

    def take(self) -> list[Row]:
        """The rows that ended since."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self._begin_cell(attributes)
        elif self._in_cell:
            self._formula |= name == "f"
            self._now.start(name)
        elif name == "row":
            self._number = int(attributes["r"]) if attributes.get("r", "").isdecimal() else self._number + 1
            self._row = []
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        self._column = column(place.rstrip(DIGITS)) if place else len(self._row)
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._formula, self._in_cell = False, True
        self._now.clear()

    def _end(self, name: str) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self._end_cell()
        elif self._in_cell:
            self._now.end(name)
        elif name == "row":
            self._done.append((self._number, self._row))

    def _end_cell(self) -> None:
        self._in_cell = False
        row, place = self._row, self._column
        if place > len(row) and place < MOST_COLUMNS:
            row.extend([""] * (place - len(row)))
        if place == len(row):
            row.append(self._value(self._now.taken()))

    def _value(self, text: str) -> str:
        if not text:
            return FORMULA if self._formula else ""
        if self._kind == "s":
            return self._texts[int(text) if text.isdecimal() else -1].strip()
        if self._kind == "n":
            return _day(text, self._epoch) if self._style in self._day_styles else text
        return text[:10].replace("-", "/") if self._kind == "d" else text.strip()

    def _merge(self, ref: str) -> None:
        last = ref.rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$")
        if last.isdecimal():
            self.merged.append((ref, int(last)))


@lru_cache(maxsize=1000)
def column(letters: str) -> int:
    """A is 0, AA is 26; what is no column stands beyond all of them."""
    place = 0
    for letter in letters[:4]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1 if place > 0 else MOST_COLUMNS


@lru_cache(maxsize=10_000)
def _day(number: str, epoch: date) -> str:
    """Nothing is a day that the calendar of the form does not know."""
    try:
        return f"{epoch + timedelta(days=int(float(number))):%Y/%m/%d}"
    except (ValueError, OverflowError):
        return number
