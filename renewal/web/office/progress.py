"""How far an export has come, for the page it was begun from. It stands in memory that the workers share, because
the one that is asked is seldom the one that works; with the workers it is gone, and so are their exports."""

from collections.abc import Iterable, Iterator, Sized
from dataclasses import dataclass
from enum import IntEnum
from hashlib import blake2b
from mmap import mmap
from struct import Struct
from threading import Lock
from typing import TypeVar

Page = TypeVar("Page", bound=Sized)

ROW = Struct("<16sQIIB")  # whose it is, its turn, how many are done, of how many, the state
ROWS = 64  # exports that are remembered: an office has few at once


class State(IntEnum):
    RUNNING = 0
    DONE = 1
    BROKEN = 2
    """Its reader went away, or the server could not go on."""


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    total: int
    state: State


class Board:
    """Made before the workers are: all of them see the same one."""

    def __init__(self) -> None:
        self._memory, self._lock = mmap(-1, ROW.size * ROWS), Lock()

    def begin(self, key: str, total: int) -> int:
        """The turn of an export that begins. It takes the place of its key's last one, or of the oldest."""
        with self._lock:
            rows = self._rows()
            wanted, turn = _digest(key), 1 + max(row[1] for row in rows)
            place = min(range(ROWS), key=lambda one: (rows[one][0] != wanted, rows[one][1]))
            ROW.pack_into(self._memory, place * ROW.size, wanted, turn, 0, total, State.RUNNING)
            return turn

    def tell(self, turn: int, done: int, state: State) -> None:
        """Of an export that may be forgotten already."""
        with self._lock:
            for place, (whose, found, _, total, _) in enumerate(self._rows()):
                if found == turn:
                    ROW.pack_into(self._memory, place * ROW.size, whose, turn, done, total, state)

    def find(self, key: str) -> Progress | None:
        rows = (row for row in self._rows() if row[0] == _digest(key))
        return next((Progress(done, total, State(state)) for _, _, done, total, state in rows), None)

    def watch(self, key: str, total: int, pages: Iterable[Page]) -> Iterator[Page]:
        """The pages, and how far they have come."""
        turn, done, state = self.begin(key, total), 0, State.BROKEN
        try:
            for page in pages:
                yield page
                done += len(page)
                self.tell(turn, done, State.RUNNING)
            state = State.DONE
        finally:
            self.tell(turn, done, state)

    def _rows(self) -> list[tuple[bytes, int, int, int, int]]:
        return list(ROW.iter_unpack(self._memory[:]))


BOARD = Board()


def _digest(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=16).digest()
