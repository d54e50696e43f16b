"""Where a line of Chinese may end."""

import re
from collections.abc import Callable, Iterator

_STAYS = re.compile(r"[（《“‘〔【]*(?:[!-~]+|.)[，。、；：？！）》”’〕】…]* *")
"""What is not torn apart: a character or a Latin word with what must not end or begin a line beside it."""


def broken(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """The lines of one paragraph, none wider than `width` (a single character may be)."""
    lines, line, used = [], "", 0.0
    for piece in _pieces(text, width, measure):
        if line and used + measure(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line, used = line + piece, used + measure(piece)
    return [*lines, line.rstrip()]


def _pieces(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    for piece in _STAYS.findall(text):
        if measure(piece) <= width:
            yield piece
        else:
            yield from piece
