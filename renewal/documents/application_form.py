"""申请表: what was handed in, as the person signs it and the office files it. Nothing is masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from renewal.documents.fonts import Fonts
from renewal.documents.sheet import PAD, Sheet, mm
from renewal.domain.application import ITEM_CODE, ITEM_NAME
from renewal.domain.clock import day_and_time

TITLE = f"{ITEM_NAME}申请表"
LABEL, ROW = 34 * mm, 8.4 * mm
PORTRAIT = 31 * mm, 41 * mm
"""The frame of a one-inch photo, 25 × 35 mm, with its border."""
SIGNATURE = 50 * mm, 16 * mm
EMPTY = "（未填写）"


@dataclass(frozen=True, slots=True)
class ApplicationPaper:
    """`sections` are (title, (label, value) …) in the form's order; pictures are a JPEG or PNG, empty when there is
    none; `commitment` is the letter as it was read, a paragraph each, `promised` what was ticked under it."""

    number: str
    sections: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    submitted_at: datetime
    resubmitted_at: datetime | None
    portrait: bytes
    signature: bytes
    commitment: Sequence[str]
    promised: str
    promised_at: datetime
    office: str = ""

    @property
    def last_at(self) -> datetime:
        return self.resubmitted_at or self.submitted_at


def application_form(paper: ApplicationPaper, fonts: Fonts) -> bytes:
    """The PDF: the form on a sheet of its own, then the commitment letter. Raises NoFont."""
    sheet = Sheet(fonts, top=16 * mm, left=20 * mm, right=20 * mm, bottom=22 * mm, size=10.5)
    sheet.title(TITLE, 17)
    sheet.space(3 * mm)
    _head(sheet, paper)
    first, *others = paper.sections
    _beside_the_portrait(sheet, first, paper.portrait)
    for section in others:
        _section(sheet, section)
    sheet.space(4 * mm)
    _signed(sheet, paper.signature, f"提交时间：{day_and_time(paper.last_at)}")
    sheet.new_page()
    sheet.title("承诺书", 17)
    sheet.space(3 * mm)
    for text in paper.commitment:
        sheet.paragraph(text, 6.2 * mm)
    sheet.space(2 * mm)
    sheet.paragraph(f"√ {paper.promised}", 7 * mm)
    _signed(sheet, paper.signature, f"承诺时间：{day_and_time(paper.promised_at)}")
    return sheet.pdf(f"{TITLE} {paper.number}", paper.office, paper.last_at, f"申请编号：{paper.number}")


def _head(sheet: Sheet, paper: ApplicationPaper) -> None:
    rows = [("申请编号", paper.number), ("事项编码", ITEM_CODE), ("提交时间", day_and_time(paper.submitted_at))]
    if paper.resubmitted_at:
        rows.append(("补正后提交时间", day_and_time(paper.resubmitted_at)))
    for label, value in rows:
        sheet.row([(label, LABEL, True), (value, sheet.width - LABEL, False)], ROW)


def _section(sheet: Sheet, section: tuple[str, Sequence[tuple[str, str]]], beside: float = 0) -> None:
    title, rows = section
    sheet.row([(title, sheet.width, True)], ROW)
    for label, value in rows:
        sheet.row([(label, LABEL, True), (value or EMPTY, sheet.width - LABEL - beside, False)], ROW)


def _beside_the_portrait(sheet: Sheet, section: tuple[str, Sequence[tuple[str, str]]], portrait: bytes) -> None:
    """The first rows leave the room for the photo at their right; the others are as wide as the sheet."""
    title, rows = section
    width, height = PORTRAIT
    sheet.row([(title, sheet.width, True)], ROW)
    top, narrow = sheet.y, 0
    while top - sheet.y < height and narrow < len(rows):
        label, value = rows[narrow]
        sheet.row([(label, LABEL, True), (value or EMPTY, sheet.width - LABEL - width, False)], ROW)
        narrow += 1
    x, high = sheet.left + sheet.width - width, top - sheet.y
    sheet.box(x, sheet.y, width, high)
    if portrait:
        sheet.picture(portrait, x + PAD, sheet.y + PAD, width - 2 * PAD, high - 2 * PAD)
    else:
        sheet.put(x + PAD, sheet.y + high / 2, "（没有照片）", sheet.size)
    for label, value in rows[narrow:]:
        sheet.row([(label, LABEL, True), (value or EMPTY, sheet.width - LABEL, False)], ROW)


def _signed(sheet: Sheet, signature: bytes, dated: str) -> None:
    width, height = SIGNATURE
    sheet.need(height + 8 * mm)
    sheet.y -= height
    x = sheet.left + sheet.width - width
    sheet.put(x - sheet.fonts.measure("申请人签名：", sheet.size), sheet.y + height / 2 - 4, "申请人签名：", sheet.size)
    if signature:
        sheet.picture(signature, x, sheet.y, width, height)
    else:
        sheet.put(x, sheet.y + height / 2 - 4, "（没有签名）", sheet.size)
    sheet.ending([dated], 8 * mm)
