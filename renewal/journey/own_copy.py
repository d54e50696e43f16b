"""复制: everything that is kept of a person, for a machine to read and for people."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from renewal import papers
from renewal.documents.own_data import OwnPaper, Part, own_data
from renewal.domain.application import LABELS
from renewal.domain.clock import day_and_time
from renewal.domain.sms import LABELS as KINDS
from renewal.forms.correction import LABELS as FIELDS
from renewal.forms.pictures import PORTRAIT, SIGNATURE
from renewal.journey.own_data import Held, readings
from renewal.selfies import SELFIE_DELETED
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.drafts import Draft
from renewal.store.event_log import FACE_VERIFIED, MOVE, UNDO
from renewal.store.face_orders import FaceOrder, OrderState
from renewal.verification import COMPANIES

SHOWN = {PORTRAIT.kind: "照片", SIGNATURE.kind: "签名", "selfie": "自拍照"}
"""The pictures that paper shows; what they were made from is in the file for machines."""
CAME_TO = {
    OrderState.ASKED: "没有做完",
    OrderState.STARTED: "没有做完",
    OrderState.PASSED: "通过",
    OrderState.REFUSED: "没有通过",
    OrderState.VOID: "作废",
    OrderState.FAILED: "服务商暂时不能用",
}
TOLD = (MOVE, UNDO, SELFIE_DELETED, FACE_VERIFIED)
"""What an applicant is told of a case: of another one with the same number nobody is (decision 9)."""


def as_json(services: Services, mine: Sequence[Held], profile: Mapping[str, str]) -> str:
    """All of it, pictures as base64 in their own format."""
    kept = {
        "copied_at": services.now().isoformat(),
        "profile": dict(profile),
        "items": [_item(services, one) for one in mine],
    }
    return json.dumps(kept, ensure_ascii=False, indent=1)


def as_pdf(services: Services, mine: Sequence[Held], profile: Mapping[str, str], office: str = "") -> bytes:
    """What people can read of it. Raises NoFont."""
    parts = [_part(services, one) for one in mine]
    return own_data(OwnPaper(list(profile.items()), parts, services.now(), office), services.fonts)


def _item(services: Services, one: Held) -> dict[str, Any]:
    draft, case = one.draft, one.case
    return {
        "saved_at": draft.saved_at and draft.saved_at.isoformat(),
        "answers": draft.answers,
        "typed": draft.typed,
        "pictures": _encoded(services.attachments.of(draft.id)),
        "face_checks": [_check(order) for order in services.face_orders.of(draft.id)],
        "texts_go_to": _confirmed(services, draft),
        "application": _application(services, case) if case else None,
    }


def _application(services: Services, case: Application) -> dict[str, Any]:
    """Without what others said of themselves: of the employer its answer alone, of the staff no names."""
    defects = services.defects.of(case.id)
    return {
        "number": case.number,
        "status": LABELS[case.status],
        "submissions": [
            {
                "submitted_at": submission.submitted_at.isoformat(),
                "answers": submission.answers,
                "pictures": _encoded(services.submissions.pictures(case.id, submission.position)),
                "returned_for": {FIELDS[d.field]: d.reason for d in defects.get(submission.position, ())},
            }
            for submission in services.submissions.of(case.id)
        ],
        "employer": [
            {"answer": LABELS[said.status], "at": said.answered_at.isoformat(), "reason": said.reason}
            for said in services.employer_answers.of(case.id)
        ],
        "events": [
            {"at": event.at.isoformat(), "by": event.actor.kind, "status": LABELS[event.target], "reason": event.reason}
            for event in services.applications.events(case.id)
            if event.action in TOLD
        ],
        "texts": [
            {"kind": KINDS[told.kind], "to": told.phone, "at": told.made_at.isoformat(), "state": told.state}
            for told in services.sent_messages.of(case.id)
        ],
        "read_by_staff": [{"at": at.isoformat(), "role": role} for at, role in readings(services, case.number)],
    }


def _check(order: FaceOrder) -> dict[str, Any]:
    """Nothing of the face is kept."""
    return {
        "provider": COMPANIES[order.provider],
        "order": order.id,
        "asked_at": order.asked_at.isoformat(),
        "came_to": CAME_TO[order.state],
        "result": order.code,
        "ended_at": order.settled_at and order.settled_at.isoformat(),
    }


def _confirmed(services: Services, draft: Draft) -> dict[str, str] | None:
    found = services.phones.of(draft.id)
    return {"phone": found.phone, "confirmed_at": found.at.isoformat()} if found else None


def _encoded(pictures: Mapping[str, bytes]) -> dict[str, str]:
    return {kind: b64encode(data).decode() for kind, data in pictures.items()}


def _part(services: Services, one: Held) -> Part:
    """As handed in last, or as far as it was filled in."""
    draft, case = one.draft, one.case
    answers = case.answers if case else draft.all_answers
    claim = answers.get("register", answers.get("verify", {}))
    typed = {**claim, **answers.get("details", {}), **draft.typed}
    rows = [row for _, rows in papers.sections(typed) for row in rows if row[1]]
    rows += [("短信提醒号码", found.phone) for found in [services.phones.of(draft.id)] if found]
    rows += [("人脸核身", _told(order)) for order in services.face_orders.of(draft.id)]
    pictures = services.attachments.of(draft.id)
    if case:
        rows = [
            ("申请编号", case.number),
            ("状态", LABELS[case.status]),
            ("提交时间", day_and_time(case.submitted_at)),
            *rows,
        ]
        pictures |= services.submissions.pictures(case.id, case.submissions - 1)
    shown = [(label, pictures[kind]) for kind, label in SHOWN.items() if kind in pictures]
    seen = [(day_and_time(at), "工作人员查看或核对") for at, _ in readings(services, case.number)] if case else []
    return Part("已经提交的申请" if case else "尚未提交的申报", rows, shown, seen)


def _told(order: FaceOrder) -> str:
    return f"{day_and_time(order.asked_at)} {COMPANIES[order.provider]} {CAME_TO[order.state]} 订单号{order.id}"
