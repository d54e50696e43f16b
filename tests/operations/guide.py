"""The operations guide as a list of what it tells its reader to type, and what it says will be printed.

A block ```console has commands behind `$ `, below each what it prints: `…` in a line stands for anything, a line of its
own for any lines. A comment before a block says what has happened before it. A block ```ini is for the file .env.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"(?:<!-- ([^\n]+) -->\n)?```(console|ini)\n(.*?)```", re.S)


@dataclass(frozen=True, slots=True)
class Step:
    """A command and the lines it prints, or a setting for .env (`command` is empty)."""

    happened: str
    command: str
    shown: tuple[str, ...]

    def fits(self, printed: str) -> bool:
        """Whether that is what the guide shows."""
        lines = [r"(?:.*\n)*?" if line == "…" else _pattern(line) + r"\n" for line in self.shown]
        return re.fullmatch("".join(lines), printed) is not None


def steps(language: str) -> Iterator[Step]:
    """In the order in which they are read. `language` is "" or ".zh-CN"."""
    for happened, kind, body in BLOCK.findall(text(language)):
        lines = body.splitlines()
        if kind == "ini":
            yield Step(happened, "", tuple(lines))
            continue
        starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            yield Step(happened, lines[start].removeprefix("$ "), tuple(lines[start + 1 : end]))
            happened = ""


def text(language: str) -> str:
    return (DOCS / f"operations{language}.md").read_text()


def _pattern(line: str) -> str:
    return ".*".join(map(re.escape, line.split("…")))
