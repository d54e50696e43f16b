"""个人信息复制件: what is kept of a person, on paper and unmasked, for that person alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from renewal.documents.fonts import Fonts
from renewal.documents.sheet import Sheet, mm
from renewal.domain.clock import day_and_time

TITLE = "个人信息复制件"
LABEL, ROW, PICTURE = 40 * mm, 8 * mm, (42 * mm, 42 * mm)


@dataclass(frozen=True, slots=True)
class Part:
    """A draft or a case: `rows` and `seen` are (label, value), `pictures` (label, JPEG or PNG)."""

    title: str
    rows: Sequence[tuple[str, str]]
    pictures: Sequence[tuple[str, bytes]] = ()
    seen: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class OwnPaper:
    profile: Sequence[tuple[str, str]]
    parts: Sequence[Part]
    at: datetime
    office: str = ""


def own_data(paper: OwnPaper, fonts: Fonts) -> bytes:
    """The PDF. Raises NoFont."""
    sheet = Sheet(fonts, top=16 * mm, left=20 * mm, right=20 * mm, bottom=22 * mm, size=10.5)
    sheet.title(TITLE, 17)
    sheet.space(3 * mm)
    _rows(sheet, "这台设备上的资料", paper.profile)
    for part in paper.parts:
        _rows(sheet, part.title, part.rows)
        _pictures(sheet, part.pictures)
        _rows(sheet, "谁看过", part.seen)
    return sheet.pdf(TITLE, paper.office, paper.at, f"复制时间：{day_and_time(paper.at)}")


def _rows(sheet: Sheet, title: str, rows: Sequence[tuple[str, str]]) -> None:
    if not rows:
        return
    sheet.need(3 * ROW)
    sheet.row([(title, sheet.width, True)], ROW)
    for label, value in rows:
        sheet.row([(label, LABEL, True), (value, sheet.width - LABEL, False)], ROW)
    sheet.space(3 * mm)


def _pictures(sheet: Sheet, pictures: Sequence[tuple[str, bytes]]) -> None:
    """Beside one another: there are three at most."""
    if not pictures:
        return
    width, height = PICTURE
    sheet.need(height + ROW)
    sheet.space(height + ROW)
    for number, (label, data) in enumerate(pictures):
        x = sheet.left + number * (width + 8 * mm)
        sheet.picture(data, x, sheet.y + ROW, width, height)
        sheet.put(x, sheet.y + 2 * mm, label, sheet.size)
    sheet.space(3 * mm)
