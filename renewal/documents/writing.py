"""The library that writes documents. It is imported with the first one: no start has to wait for it."""

import io
from typing import Any

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

rl_config.useA85 = 0  # the library's default would make files a fifth larger


def canvas(size: tuple[float, float]) -> Any:
    """To draw pages of that size on, in points; the same drawing makes the same bytes."""
    return Canvas(io.BytesIO(), size, pageCompression=1, invariant=1, lang="zh-CN")


def picture(data: bytes) -> Any:
    """A JPEG or PNG for a canvas."""
    return ImageReader(io.BytesIO(data))


def registered(path: str) -> Any:
    """The font of a file, by the name of its path; None for one that is not there or has other outlines."""
    try:
        font = Font(path, path)
    except Exception:  # whatever the library trips over in a file that is no such font
        return None
    pdfmetrics.registerFont(font)
    return pdfmetrics.getFont(path)  # of two files with one font in them the first


def width(text: str, font: str) -> float:
    """A point high, in points."""
    return float(pdfmetrics.stringWidth(text, font, 1))


class Font(TTFont):  # type: ignore[misc]  # reportlab has no types
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
