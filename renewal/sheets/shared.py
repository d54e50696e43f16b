"""The texts that a workbook keeps once for all of its cells: a million of them in the room of their bytes."""

from array import array
from typing import Any

from renewal.sheets.table import LONGEST_CELL


class Collector:
    """What is written in the `<t>` of one text, reading aids for its characters left out."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.reading_aid = self.inside = False

    def clear(self) -> None:
        self.parts.clear()
        self.length = 0

    def start(self, name: str) -> None:
        if name in ("v", "t"):
            self.inside = not self.reading_aid
        elif name == "rPh":
            self.reading_aid = True

    def end(self, name: str) -> None:
        self.inside = False
        if name == "rPh":
            self.reading_aid = False

    def text(self, piece: str) -> None:
        """No more than anybody writes into a cell."""
        if self.inside and self.length <= LONGEST_CELL:
            self.parts.append(piece)
            self.length += len(piece)

    def taken(self) -> str:
        parts = self.parts
        return (parts[0] if len(parts) == 1 else "".join(parts))[: LONGEST_CELL + 1]


class SharedTexts:
    def __init__(self) -> None:
        self._bytes, self._ends = bytearray(), array("Q", [0])
        self._now = Collector()

    def on(self, parser: Any) -> None:
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._now.text

    def __getitem__(self, place: int) -> str:
        """Raises KeyError for one that is not there."""
        if not 0 <= place < len(self._ends) - 1:
            raise KeyError(place)
        return self._bytes[self._ends[place] : self._ends[place + 1]].decode("utf-8", "replace")

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            self._now.clear()
        else:
            self._now.start(name)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            self._bytes += self._now.taken().encode("utf-8", "replace")
            self._ends.append(len(self._bytes))
        else:
            self._now.end(name)
