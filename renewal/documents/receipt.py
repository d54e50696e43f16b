"""申请回执: proof that something was handed in, for anybody's eyes: masked as its page is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from renewal.documents.fonts import Fonts
from renewal.documents.qr import qr_png
from renewal.documents.sheet import Sheet, mm

TITLE = "申请回执"
SAYS = (
    "您提交的申请已经收到。“提交成功”不等于已经受理：是否受理，以受理通知书为准。",
    "扫描二维码，或打开下面的网址，可以核对本回执的真伪和申请现在的状态：",
)
LABEL, ROW, QR = 36 * mm, 10 * mm, 42 * mm


@dataclass(frozen=True, slots=True)
class ReceiptPaper:
    """`rows` are (label, value) as the public page shows them; `address` is that page's."""

    number: str
    rows: Sequence[tuple[str, str]]
    address: str
    submitted_at: datetime
    office: str = ""


def receipt(paper: ReceiptPaper, fonts: Fonts) -> bytes:
    """The PDF, one sheet. Raises NoFont."""
    sheet = Sheet(fonts, top=30 * mm, left=28 * mm, right=26 * mm, bottom=25 * mm, size=12)
    sheet.title(TITLE, 22)
    sheet.space(8 * mm)
    for label, value in (("申请编号", paper.number), *paper.rows):
        sheet.row([(label, LABEL, True), (value, sheet.width - LABEL, False)], ROW)
    sheet.space(8 * mm)
    for text in SAYS:
        sheet.paragraph(text, 8 * mm)
    sheet.space(4 * mm)
    sheet.need(QR)
    sheet.y -= QR
    sheet.picture(qr_png(paper.address), sheet.left + (sheet.width - QR) / 2, sheet.y, QR, QR)
    sheet.paragraph(paper.address, 6 * mm, indent=0, size=9)
    sheet.space(8 * mm)
    if paper.office:
        sheet.ending([paper.office], 8 * mm)
    return sheet.pdf(f"{TITLE} {paper.number}", paper.office, paper.submitted_at, f"申请编号：{paper.number}")
