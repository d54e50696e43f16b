"""A4 sheets filled from above: lines, paragraphs, tables, pictures; the same input makes the same bytes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from renewal.documents.fonts import WRITING, Fonts, printable
from renewal.documents.lines import broken
from renewal.domain.clock import CHINA

mm = 72 / 25.4  # in points, by which a document measures
WIDTH, HEIGHT = 210 * mm, 297 * mm
FOOT, SMALL = 14 * mm, 9
PAD = 2 * mm
GREY = 0.93

Draw = Callable[[Any], None]


class Sheet:
    """Everything is first laid out, then written at once by `pdf`: each page says how many there are.

    `top`, `left`, `right`, `bottom` are margins in points; `y` is where the next thing goes."""

    def __init__(self, fonts: Fonts, top: float, left: float, right: float, bottom: float, size: float) -> None:
        self.fonts, self.top, self.left, self.bottom, self.size = fonts, top, left, bottom, size
        self.width = WIDTH - left - right
        self.pages: list[list[Draw]] = []
        self.new_page()

    def new_page(self) -> None:
        self.pages.append([])
        self.y = HEIGHT - self.top

    def need(self, height: float) -> None:
        """Go on on a new page unless there is room for so much."""
        if self.y - height < self.bottom and self.y < HEIGHT - self.top:
            self.new_page()

    def space(self, height: float) -> None:
        self.y -= height

    def title(self, text: str, size: float) -> None:
        for line in self._lines(text, self.width, size):
            self.need(size * 1.5)
            self.y -= size * 1.5
            middle = self.left + (self.width - self.fonts.measure(line, size)) / 2
            self.put(middle, self.y + size * 0.4, line, size, bold=True)

    def paragraph(self, text: str, leading: float, indent: int = 2, size: float = 0) -> None:
        """Broken into lines; the first one is indented by so many characters."""
        size = size or self.size
        for line in self._lines("　" * indent + printable(text), self.width, size):
            self.need(leading)
            self.y -= leading
            self.put(self.left, self.y + (leading - size) / 2, line, size)

    def ending(self, texts: Sequence[str], leading: float, inset: float = 0) -> None:
        """Lines of one column at the right, each in the column's middle; never on two pages."""
        texts = [line for text in texts for line in self._lines(printable(text), self.width - inset, self.size)]
        widths = [self.fonts.measure(text, self.size) for text in texts]
        self.need(leading * len(texts))
        middle = self.left + self.width - inset - max(widths) / 2
        for text, width in zip(texts, widths, strict=True):
            self.y -= leading
            self.put(middle - width / 2, self.y + (leading - self.size) / 2, text, self.size)

    def row(self, cells: Sequence[tuple[str, float, bool]], height: float = 0) -> None:
        """Cells of (text, width, whether it is a label) as high as the highest; one too high for a page goes on on the
        next."""
        leading = self.size * 1.35
        columns = [self._lines(printable(text), width - 2 * PAD, self.size) for text, width, _ in cells]
        whole = max(height, max(map(len, columns)) * leading + 2 * PAD)
        self.need(min(whole, HEIGHT - self.top - self.bottom))
        while any(columns):
            fit = max(1, int((self.y - self.bottom - 2 * PAD) / leading))
            now, columns = [column[:fit] for column in columns], [column[fit:] for column in columns]
            self._cells(now, cells, max(0 if any(columns) else height, max(map(len, now)) * leading + 2 * PAD), leading)
            if any(columns):
                self.new_page()
            height = 0

    def _cells(
        self, columns: list[list[str]], cells: Sequence[tuple[str, float, bool]], height: float, leading: float
    ) -> None:
        x, self.y = self.left, self.y - height
        for lines, (_, width, label) in zip(columns, cells, strict=True):
            self.box(x, self.y, width, height, label)
            y = self.y + (height + len(lines) * leading) / 2
            for line in lines:
                y -= leading
                inset = (width - self.fonts.measure(line, self.size)) / 2 if label else PAD
                self.put(x + inset, y + (leading - self.size) / 2 + 1, line, self.size)
            x += width

    def put(self, x: float, y: float, text: str, size: float, bold: bool = False) -> None:
        """Set a line; bold is the same glyphs with an outline."""
        self.pages[-1].append(self._set(x, y, text, size, bold))

    def _set(self, x: float, y: float, text: str, size: float, bold: bool = False) -> Draw:
        runs = list(self.fonts.runs(text))

        def draw(canvas: Any) -> None:
            canvas.saveState()
            line = canvas.beginText(x, y)
            if bold:
                line.setTextRenderMode(2)
            for font, run in runs:
                line.setFont(font, size)
                line.textOut(run)
            canvas.setLineWidth(size / 36)
            canvas.drawText(line)
            canvas.restoreState()

        return draw

    def box(self, x: float, y: float, width: float, height: float, filled: bool = False) -> None:
        def draw(canvas: Any) -> None:
            canvas.setLineWidth(0.5)
            canvas.setFillGray(GREY)
            canvas.rect(x, y, width, height, fill=int(filled))
            canvas.setFillGray(0)

        self.pages[-1].append(draw)

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """A JPEG or PNG as it is, as large as the frame lets it be, in the frame's middle."""
        from renewal.documents import writing

        self.pages[-1].append(
            lambda canvas: canvas.drawImage(
                writing.picture(data), x, y, width, height, mask="auto", preserveAspectRatio=True, anchor="c"
            )
        )

    def pdf(self, title: str, author: str, at: datetime, foot: str) -> bytes:
        """The file; `at` is the moment of what it says, for nothing in it may depend on when it was made."""
        from renewal.documents import writing

        with WRITING:
            canvas = writing.canvas((WIDTH, HEIGHT))
            canvas.setTitle(title)
            canvas.setAuthor(author)
            canvas.setCreator("")
            canvas.setSubject("")
            canvas.setDateFormatter(lambda *_: f"D:{at.astimezone(CHINA):%Y%m%d%H%M%S}+08'00'")
            for number, page in enumerate(self.pages, 1):
                for draw in (*page, self._footer(f"{foot}　第{number}页　共{len(self.pages)}页")):
                    draw(canvas)
                canvas.showPage()
            return bytes(canvas.getpdfdata())

    def _footer(self, text: str) -> Draw:
        x = self.left + (self.width - self.fonts.measure(text, SMALL)) / 2
        return self._set(x, FOOT, text, SMALL)

    def _lines(self, text: str, width: float, size: float) -> list[str]:
        return broken(text, width, lambda part: self.fonts.measure(part, size))
