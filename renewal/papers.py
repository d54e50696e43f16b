"""A case's papers: what documents/ prints, gathered from the stores. `office` is the name of who handles it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from renewal.documents.application_form import ApplicationPaper, application_form
from renewal.documents.letters import TITLES, Letter, letter
from renewal.documents.receipt import ReceiptPaper, receipt
from renewal.domain.application import Status
from renewal.domain.commitment import AGREE
from renewal.forms import details
from renewal.forms.correction import LABELS
from renewal.forms.pictures import PORTRAIT, SIGNATURE
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.event_log import MOVE, UNDO, Event


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter that stands: of a move to `version`, about what was handed in the `position`-th time, from 0."""

    version: int
    title: str
    event: Event
    position: int


def form(services: Services, case: Application, office: str = "") -> bytes:
    """申请表 as handed in last. Raises NoFont, Unsealable."""
    return form_with(services, case, services.submissions.pictures(case.id, case.submissions - 1), office)


def form_with(services: Services, case: Application, pictures: Mapping[str, bytes], office: str = "") -> bytes:
    """申请表 with pictures that were read already. Raises NoFont."""
    answers, promise = case.answers, case.answers["commitment"]
    paper = ApplicationPaper(
        number=case.number,
        sections=sections(answers["details"]),
        submitted_at=case.submitted_at,
        resubmitted_at=case.resubmitted_at,
        portrait=pictures.get(PORTRAIT.kind, b""),
        signature=pictures.get(SIGNATURE.kind, b""),
        commitment=promise["text"].splitlines(),
        promised=AGREE,
        promised_at=datetime.fromisoformat(promise["at"]),
        office=office,
    )
    return application_form(paper, services.fonts)


def sections(answers: Mapping[str, Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The form's sections, each with its labels and what was answered, in the form's order."""
    return [
        (title, [(field.label, answers.get(field.name, "")) for field in fields])
        for title, fields in groupby(details.FORM.fields, lambda field: field.section)
    ]


def issued(events: Sequence[Event]) -> list[Issued]:
    """The letters of a case by what happened to it, the oldest first; none of a move that was taken back."""
    position, found = -1, list[Issued]()
    undone = {event.version - 1 for event in events if event.action == UNDO}
    for event in events:
        position += event.target is Status.SUBMITTED and bool(event.evidence)
        if event.action == MOVE and event.target in TITLES and event.version not in undone:
            found.append(Issued(event.version, TITLES[event.target], event, position))
    return found


def letter_of(services: Services, case: Application, one: Issued, office: str = "") -> bytes:
    """The letter of a move, as it was when the move was made. Raises NoFont, Unsealable."""
    submission = services.submissions.of(case.id)[one.position]
    answers, event = submission.answers["details"], one.event
    defects = services.defects.of(case.id).get(one.position, ()) if event.target is Status.RETURNED else ()
    told = Letter(
        kind=event.target,
        number=case.number,
        name=answers["name"],
        id_number=answers["id_number"],
        specialties="、".join(filter(None, (answers["specialty_1"], answers["specialty_2"]))),
        submitted_at=submission.submitted_at,
        at=event.at,
        reason=event.reason,
        deadline=event.deadline,
        defects=[(LABELS[defect.field], defect.reason) for defect in defects],
        office=office,
    )
    return letter(told, services.fonts)


def receipt_of(
    services: Services, case: Application, rows: Sequence[tuple[str, str]], address: str, office: str = ""
) -> bytes:
    """申请回执 with what its public page at `address` shows. Raises NoFont."""
    return receipt(ReceiptPaper(case.number, rows, address, case.submitted_at, office), services.fonts)
