"""Papers of somebody who does not exist."""

from datetime import date
from typing import Any

from renewal.documents.application_form import ApplicationPaper
from renewal.documents.letters import Letter
from renewal.documents.receipt import ReceiptPaper
from renewal.domain.application import Status
from renewal.domain.commitment import AGREE, commitment
from renewal.papers import sections
from tests.factories import NOON, person, portrait_jpeg, signature_png

WHO = person(3)
NUMBER, OFFICE = "YX2026061500001", "泉城市住房和城乡建设局"


def form_paper(name: str = WHO.name, pictures: bool = True, **answers: str) -> ApplicationPaper:
    letter = commitment(name, WHO.id_number, WHO.phone, "泉城工程监理有限公司")
    return ApplicationPaper(
        number=NUMBER,
        sections=sections(WHO.details | {"name": name} | answers),
        submitted_at=NOON,
        resubmitted_at=None,
        portrait=portrait_jpeg() if pictures else b"",
        signature=signature_png() if pictures else b"",
        commitment=letter.text.splitlines(),
        promised=AGREE,
        promised_at=NOON,
        office=OFFICE,
    )


def receipt_paper() -> ReceiptPaper:
    rows = [("姓名", "李*明"), ("证件号码", "3701**********0074")]
    return ReceiptPaper(NUMBER, rows, "https://yanxu.example.cn/receipts/MTIz.abcdefghijkl", NOON, OFFICE)


def told(kind: Status, **changes: Any) -> Letter:
    usual = {
        "kind": kind,
        "number": NUMBER,
        "name": WHO.name,
        "id_number": WHO.id_number,
        "specialties": "房屋建筑工程、市政公用工程",
        "submitted_at": NOON,
        "at": NOON,
        "deadline": date(2026, 6, 29),
        "office": OFFICE,
    }
    return Letter(**(usual | changes))
