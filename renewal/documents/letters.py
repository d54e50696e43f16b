"""What the office tells an applicant in writing: 受理, 补正, 准予, 不予, and that a case is not taken.

Laid out after GB/T 9704 (margins, sizes), worded after 行政许可法 art. 32, 38 and 50."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from renewal.documents.fonts import Fonts
from renewal.documents.sheet import Sheet, mm
from renewal.domain.application import ITEM_NAME, Status
from renewal.domain.clock import china_day
from renewal.domain.decision import REMEDIES
from renewal.domain.window import VALID_YEARS

TITLES = {
    Status.ACCEPTED: "受理通知书",
    Status.RETURNED: "补正通知书",
    Status.APPROVED: "准予延续注册决定书",
    Status.DECLINED: "不予延续注册决定书",
    Status.NOT_TAKEN: "不予受理通知书",
}
"""By the move that the letter tells of."""

LAW = "《中华人民共和国行政许可法》"
RULES = "《注册监理工程师管理规定》"
LEADING = 28.0
SEAL = 42 * mm
NUMBER_COLUMN, FIELD_COLUMN = 14 * mm, 38 * mm


@dataclass(frozen=True, slots=True)
class Letter:
    """`kind` is one of TITLES, `at` the moment of the move, `reason` what was written down with it, `deadline` the day
    of the decision of an accepted case or until which a returned one is put right; `defects` are (field, reason)."""

    kind: Status
    number: str
    name: str
    id_number: str
    specialties: str
    submitted_at: datetime
    at: datetime
    reason: str = ""
    deadline: date | None = None
    defects: Sequence[tuple[str, str]] = ()
    office: str = ""

    @property
    def title(self) -> str:
        return TITLES[self.kind]


def letter(told: Letter, fonts: Fonts) -> bytes:
    """The PDF. Raises NoFont."""
    sheet = Sheet(fonts, top=35 * mm, left=28 * mm, right=26 * mm, bottom=28 * mm, size=15)
    if told.office:
        sheet.title(told.office, 18)
    sheet.title(told.title, 22)
    sheet.space(2 * mm)
    sheet.ending([f"编号：{told.number}"], LEADING)
    sheet.space(3 * mm)
    sheet.paragraph(f"{told.name}（证件号码：{told.id_number}）：", LEADING, indent=0)
    for text in _BODIES[told.kind](told):
        sheet.paragraph(text, LEADING)
    if told.defects:
        _table(sheet, told.defects)
    for text in _ENDINGS.get(told.kind, lambda _: ())(told):
        sheet.paragraph(text, LEADING)
    _sealed(sheet, told)
    return sheet.pdf(f"{told.title} {told.number}", told.office, told.at, f"{told.title}　{told.number}")


def _applied(told: Letter) -> str:
    return f"你于{written(china_day(told.submitted_at))}提出{ITEM_NAME}申请（申请编号：{told.number}）"


def _accepted(told: Letter) -> Sequence[str]:
    due = f"，将在{written(told.deadline)}前作出决定" if told.deadline else ""
    return (
        f"{_applied(told)}。经审查，申请材料齐全、符合法定形式。根据{LAW}第三十二条的规定，决定予以受理{due}。",
        *_remark(told),
    )


def _returned(told: Letter) -> Sequence[str]:
    count = f"（共{len(told.defects)}处）" if told.defects else ""
    return (
        f"{_applied(told)}。经审查，申请材料不齐全或者不符合法定形式。根据{LAW}第三十二条的规定，"
        f"现将需要补正的全部内容{count}一次告知如下：",
        *(() if told.defects else (told.reason,)),
    )


def _put_right(told: Letter) -> Sequence[str]:
    by = f"于{written(told.deadline)}前" if told.deadline else "及时"
    return (f"请你{by}登录本系统，在“我的办件”中打开这件申请，按上表补正后重新提交。",)


def _approved(told: Letter) -> Sequence[str]:
    return (
        f"{_applied(told)}，申请注册专业：{told.specialties}。经审查，你的申请符合法定条件。根据{LAW}第三十八条第一款、"
        f"第五十条和{RULES}的规定，决定准予延续注册，注册有效期自原有效期届满之次日起延续{VALID_YEARS}年。",
        *_remark(told),
    )


def _declined(told: Letter) -> Sequence[str]:
    return (
        f"{_applied(told)}，申请注册专业：{told.specialties}。经审查，根据{LAW}第三十八条第二款、第五十条和{RULES}的规定，"
        "决定不予延续注册。",
        f"理由：{told.reason.removesuffix(REMEDIES)}",
        REMEDIES,
    )


def _not_taken(told: Letter) -> Sequence[str]:
    return (f"{_applied(told)}。根据{LAW}第三十二条的规定，决定不予受理。", f"理由：{told.reason}", REMEDIES)


def _remark(told: Letter) -> Sequence[str]:
    return (f"说明：{told.reason}",) if told.reason else ()


_BODIES = {
    Status.ACCEPTED: _accepted,
    Status.RETURNED: _returned,
    Status.APPROVED: _approved,
    Status.DECLINED: _declined,
    Status.NOT_TAKEN: _not_taken,
}
_ENDINGS = {Status.RETURNED: _put_right}


def written(day: date) -> str:
    """2026年6月15日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _table(sheet: Sheet, defects: Sequence[tuple[str, str]]) -> None:
    sheet.space(2 * mm)
    usual, sheet.size = sheet.size, 12
    reason = sheet.width - NUMBER_COLUMN - FIELD_COLUMN
    sheet.row([("序号", NUMBER_COLUMN, True), ("补正项目", FIELD_COLUMN, True), ("原因和要求", reason, True)])
    for number, (field, text) in enumerate(defects, 1):
        sheet.row([(str(number), NUMBER_COLUMN, True), (field, FIELD_COLUMN, False), (text, reason, False)])
    sheet.size = usual
    sheet.space(2 * mm)


def _sealed(sheet: Sheet, told: Letter) -> None:
    """落款: the seal goes over the office and the date, with room around."""
    sheet.need(SEAL)
    sheet.space(SEAL - 3 * LEADING)
    lines = (told.office or "（办理机关）", written(china_day(told.at)), "（印章）")
    sheet.ending(lines, LEADING, inset=8 * mm)
