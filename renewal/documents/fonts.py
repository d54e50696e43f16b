"""The fonts of documents: found on the machine, embedded in part, each character from the first one that has it."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from threading import RLock
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

NO_FONT = "本机没有中文字体，不能生成PDF文件。请管理员安装字体：apt-get install fonts-wqy-microhei，再重新启动。"
CHINESE = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",  # Debian's fonts-wqy-microhei
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
)
RARE = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"
"""Debian's fonts-droid-fallback: all 6,582 characters of extension A, as in 龚䶮; no Latin letters."""
NEEDED = "监理工程师延续注册"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
WRITING = RLock()
"""Held while a document is written: the library's fonts, one of each for all of the process, work on one at a time."""


class NoFont(RuntimeError):
    """No font for Chinese is there: the sentence says to the office what to install."""

    def __init__(self) -> None:
        super().__init__(NO_FONT)


class Fonts:
    """A font for Chinese, then those that an office laid into its `own` folder for rare characters, then the machine's
    for them. The first is opened when the first document is made, the others when they are needed: each takes 25 MB.
    TrueType outlines only (.ttf, .ttc)."""

    def __init__(self, own: Path | None = None, machine: Iterable[str] | None = None) -> None:
        self._widths: dict[str, float] = {}
        self._own, self._machine = own, machine

    @property
    def there(self) -> bool:
        """Whether documents can be made, as far as names of files tell."""
        return any(self._chinese())

    def measure(self, text: str, size: float) -> float:
        """The width of one line in points."""
        return size * sum(map(self._width, text))

    def _width(self, character: str) -> float:
        """Of one character, a point high: the fonts are set without kerning."""
        if character not in self._widths:
            self._widths[character] = sum(pdfmetrics.stringWidth(run, font, 1) for font, run in self.runs(character))
        return self._widths[character]

    def runs(self, text: str) -> Iterator[tuple[str, str]]:
        """(name of a font, part of the text that it sets). What no font has is printed as its code point, 〔U+20BB7〕:
        who reads the paper sees that a character is missing, and which."""
        for font, characters in groupby(self._set(text), key=lambda pair: pair[0]):
            yield font, "".join(character for _, character in characters)

    def _set(self, text: str) -> Iterator[tuple[str, str]]:
        for character in text:
            font = self._font_of(character)
            if font:
                yield font, character
            else:
                yield from ((self._main.fontName, each) for each in f"〔U+{ord(character):04X}〕")

    def _font_of(self, character: str) -> str:
        if _has(self._main, character):
            return str(self._main.fontName)
        return next((font.fontName for font in self._rare if _has(font, character)), "")

    @cached_property
    def _main(self) -> Any:
        """Raises NoFont."""
        opened = (self._opened(path) for path in self._chinese())
        font = next((font for font in opened if font and all(_has(font, c) for c in NEEDED)), None)
        if font is None:
            raise NoFont
        return font

    @cached_property
    def _rare(self) -> list[Any]:
        return [font for font in map(self._opened, (*self._files(), Path(RARE))) if font]

    def _opened(self, path: Path) -> Any:
        with WRITING:
            return _opened(str(path))

    def _chinese(self) -> Iterator[Path]:
        """One that is known, or any that the machine says is one for Chinese, or the office's own."""
        known = CHINESE if self._machine is None else self._machine
        found = next((Path(path) for path in known if Path(path).is_file()), None)
        if found:
            yield found
        else:
            yield from (*(_listed() if self._machine is None else ()), *self._files())

    def _files(self) -> list[Path]:
        return sorted(self._own.glob("*.tt[fc]")) if self._own else []


def printable(text: str) -> str:
    """One line as it is printed: nothing invisible, nothing that turns its direction, single spaces."""
    visible = (c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return " ".join("".join(visible).split())


def _has(font: Any, character: str) -> bool:
    return ord(character) in font.face.charToGlyph


@cache
def _opened(path: str) -> Any:
    """The font under the name of its path; None for one that is not there or has other outlines. Once per process: the
    library keeps fonts by name."""
    try:
        font = Font(path, path)
    except Exception:  # whatever the library trips over in a file that is no such font
        return None
    pdfmetrics.registerFont(font)
    return pdfmetrics.getFont(path)  # of two files with one font in them the first


def _listed() -> list[Path]:
    command = shutil.which("fc-list")
    if not command:
        return []
    asked = [command, "--format", "%{file}\n", ":lang=zh-cn:fontformat=TrueType"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False).stdout  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return []
    return [Path(line) for line in sorted(set(said.splitlines()))]


class Font(TTFont):  # type: ignore[misc]
    """One whose characters beyond the first plane can be copied out of the document, too."""

    def addObjects(self, doc: Any) -> None:
        super().addObjects(doc)
        for name, made in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                made.content = "\n".join(map(_in_utf16, made.content.split("\n")))


def _in_utf16(line: str) -> str:
    """A line of the map from glyphs to characters: the library writes one as <20BB7>, readers want <D842DFB7>."""
    glyph, _, code = line.partition("> <")
    if not code or len(code) < 6 or not line.startswith("<"):
        return line
    return f"{glyph}> <{chr(int(code[:-1], 16)).encode('utf-16-be').hex().upper()}>"
