"""Everything that the one-screen review shows of a case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import url_for

from renewal.domain.application import LABELS as STATUSES
from renewal.domain.application import MOVES, OPEN, Status
from renewal.domain.clock import china_day, day_and_time
from renewal.domain.dates import show
from renewal.domain.defects import COMMITMENT
from renewal.domain.trust import Trust
from renewal.forms.correction import Changes, changes, returnable
from renewal.forms.pictures import PICTURES
from renewal.office import claiming, judging, undoing
from renewal.office.known import Compared, compared
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.event_log import Event
from renewal.store.staff import Member
from renewal.verification import COMPANIES
from renewal.verification import LABELS as WAYS
from renewal.web import pdf
from renewal.web.office import texts
from renewal.web.office.history import told

NOTHING_CHANGED = Changes((), (), False)


def dossier(services: Services, case: Application, member: Member) -> dict[str, Any]:
    """For the template; nothing of it is decided there."""
    made, earlier = _corrected(services, case), _returned_before(services, case)
    events = services.applications.events(case.id)
    return {
        "case": _head(services, case),
        "rows": [_row(row, made, earlier) for row in compared(services, case)],
        "pictures": [_picture(case, kind.kind, kind.title, made, earlier) for kind in PICTURES],
        "identity": _identity(services, case),
        "commitment": _commitment(case, made, earlier),
        "employer": _employer(services, case),
        "others": _others(services, case),
        "roster": _roster(services, case),
        "returnable": returnable(case.answers, services.rules),
        "templates": services.reasons,
        "claim": _claim(services, case, member),
        "may": _may(services, case),
        "events": [told(event) for event in reversed(events)],
        "papers": _papers(case, events),
        "texts": [texts.row(told) for told in services.sent_messages.of(case.id)],
        "notes": [(note.author, day_and_time(note.at), note.text) for note in services.notes.of(case.id)],
    }


def _head(services: Services, case: Application) -> dict[str, Any]:
    today = china_day(services.now())
    return {
        "number": case.number,
        "version": case.version,
        "status": STATUSES[case.status],
        "url": url_for("office.review.show", number=case.number),
        "name": case.answers["details"]["name"],
        "submitted_at": day_and_time(case.resubmitted_at or case.submitted_at),
        "again": case.submissions > 1,
        "deadline": show(case.deadline) if case.deadline else "",
        "overdue": bool(case.deadline and case.deadline < today),
        "conflict": case.conflict,
        "asked": "已退回" if case.status is Status.RETURNED else "上次退回",
    }


def _papers(case: Application, events: Sequence[Event]) -> list[tuple[str, str]]:
    def letter_url(version: int) -> str:
        return url_for("office.papers.letter", number=case.number, version=version)

    return pdf.offered(events, url_for("office.papers.form", number=case.number), letter_url)


def _row(row: Compared, made: Changes, earlier: Mapping[str, str]) -> dict[str, Any]:
    old = {change.field: change.old or "未填写" for change in made.fields}
    known: dict[str, list[str]] = {}
    for each in row.known:
        known.setdefault(each.value, []).append(each.source)
    return {
        "field": row.field,
        "label": row.label,
        "value": row.submitted or "未填写",
        "old": old.get(row.field, ""),
        "asked": earlier.get(row.field, ""),
        "known": [(value, "、".join(sources), value != row.submitted) for value, sources in known.items()],
        "differs": row.differs,
    }


def _picture(case: Application, kind: str, title: str, made: Changes, earlier: Mapping[str, str]) -> dict[str, Any]:
    url = url_for("office.review.picture", number=case.number, kind=kind)
    return {
        "kind": kind,
        "title": title,
        "url": url,
        "old_url": f"{url}?before" if kind in made.pictures else "",
        "asked": earlier.get(kind, ""),
        "findings": [finding["text"] for finding in case.answers["pictures"][kind]["findings"]],
    }


def _identity(services: Services, case: Application) -> dict[str, Any]:
    there = bool(services.attachments.some(case.draft_id, ["selfie"]))
    order = services.face_orders.passed(case.draft_id)
    return {
        "method": WAYS[case.method],
        "verified": case.trust is Trust.VERIFIED,
        "company": COMPANIES[order.provider] if order else "",
        "selfie": url_for("office.review.picture", number=case.number, kind="selfie") if there else "",
    }


def _commitment(case: Application, made: Changes, earlier: Mapping[str, str]) -> dict[str, Any]:
    letter = case.answers[COMMITMENT]
    return {
        "text": letter["text"].splitlines(),
        "sha256": letter["sha256"],
        "version": letter["version"],
        "at": day_and_time(datetime.fromisoformat(letter["at"])),
        "address": letter["ip"],
        "again": made.commitment,
        "asked": earlier.get(COMMITMENT, ""),
    }


def _employer(services: Services, case: Application) -> dict[str, str] | None:
    answer = services.employer_answers.last(case.id)
    if answer is None:
        return None
    said = {"label": STATUSES[answer.status], "at": day_and_time(answer.answered_at), "reason": answer.reason}
    return said | {"code": answer.credit_code, "name": answer.name, "phone": answer.phone}


def _others(services: Services, case: Application) -> list[dict[str, str]]:
    """Other cases of the same ID number, the newest first."""
    same = services.applications.of_person(case.answers["details"]["id_number"])
    return [
        {
            "number": other.number,
            "status": STATUSES[other.status],
            "on": show(china_day(other.submitted_at)),
            "url": url_for("office.review.show", number=other.number),
        }
        for other in same
        if other.id != case.id
    ]


def _roster(services: Services, case: Application) -> dict[str, str] | None:
    """Whether the person is registered and applied in time; None while there is no roster."""
    if not services.roster.exists():
        return None
    found = services.roster.person(case.answers["details"]["id_number"])
    until = show(found.valid_until) if found and found.valid_until else ""
    words = f"在名册，有效期至{until}" if found else "不在名册"
    return {"words": words, "timing": judging.timing(services, case), "kind": "" if found else "care"}


def _claim(services: Services, case: Application, member: Member) -> dict[str, Any]:
    name = claiming.holder(services, case)
    mine = case.clerk == member.id
    return {
        "open": case.status in OPEN,
        "name": name,
        "mine": mine,
        "since": day_and_time(claiming.held_since(services, case)) if name else "",
        "not_yet": claiming.refusal_to_take_over(services, case, member) if name and not mine else "",
    }


def _may(services: Services, case: Application) -> dict[str, Any]:
    """What the table of moves lets the office do now, and what stands in the way."""
    targets = MOVES[case.status]
    deciding = Status.ACCEPTED in targets or Status.APPROVED in targets
    compares = Status.ACCEPTED in targets and judging.waits_for_comparison(services, case)
    hindrances = judging.hindrances(services, case) if deciding else []
    return {
        "accept": Status.ACCEPTED in targets,
        "return": Status.RETURNED in targets,
        "approve": Status.APPROVED in targets,
        "decline": Status.DECLINED in targets,
        "undo": undoing.may_take_back(services, case),
        "compares": compares,
        "hindrances": [each for each in hindrances if not (compares and each == judging.NOT_COMPARED)],
        "needs_ground": Status.ACCEPTED in targets and judging.lacks_confirmation(services, case),
    }


def _corrected(services: Services, case: Application) -> Changes:
    """What is different from what was handed in before."""
    if case.submissions < 2:
        return NOTHING_CHANGED
    old, new = services.submissions.of(case.id)[-2:]
    files = [services.submissions.pictures(case.id, each.position) for each in (old, new)]
    return changes(old.answers, new.answers, *files)


def _returned_before(services: Services, case: Application) -> dict[str, str]:
    """What was asked for in the submission before this one, or, while it is being corrected, in this one."""
    position = case.submissions - 1 - (case.status is not Status.RETURNED)
    return {defect.field: defect.reason for defect in services.defects.of(case.id).get(position, ())}
