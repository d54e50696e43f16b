"""核对: every answer once more, then the submission. Not in the manual; GOV.UK's “check your answers”."""

from typing import Any

from renewal.closing import closed
from renewal.domain.commitment import AGREE
from renewal.domain.trust import Trust
from renewal.forms.correction import LABELS, PICTURE_KINDS, changes
from renewal.forms.details import FIELDS
from renewal.journey import correcting, submission
from renewal.journey.form_input import FormInput
from renewal.journey.steps import attachments, commitment, details
from renewal.journey.steps.step import DONE_PATH, Answers, Change, Step, StepView
from renewal.services import Services
from renewal.store.drafts import Draft
from renewal.verification import PROVIDERS


def _done(_answers: Answers) -> bool:
    return False  # what is submitted is an application, and no draft any more


def _show(view: StepView) -> dict[str, Any]:
    """In a correction 修改 leads to what is open only, and what was changed stands on top."""
    answers, shut = view.draft.answers, correcting.closed(view.draft.answers)
    rows: dict[str, list[tuple[str, str]]] = {}
    for field in FIELDS:
        rows.setdefault(field.section, []).append((field.label, answers["details"][field.name] or "未填写"))
    open_sections = {field.section for field in FIELDS if field.name not in shut}
    sections = [(title, details.STEP.path if title in open_sections else "", rows[title]) for title in rows]
    method = PROVIDERS[answers["face"]["method"]].label
    again = "" if commitment.STEP.name in shut else commitment.STEP.path
    sections.append(("承诺书", again, [("承诺", AGREE), ("本人核验", method)]))
    policy = {"employer_confirmation": view.services.policy.employer_confirmation}
    corrected = _corrected(view.services, view.draft)
    return {"sections": sections, "corrected": corrected} | policy | attachments.STEP.show(view)


def _corrected(services: Services, draft: Draft) -> list[dict[str, Any]]:
    """What was asked for and what is different from what was handed in last, in the application's order."""
    asked, application = correcting.reasons(draft.answers), services.applications.of_draft(draft.id)
    if application is None or not asked:
        return []
    handed_in = services.submissions.pictures(application.id, application.submissions - 1)
    now = services.attachments.some(draft.id, PICTURE_KINDS)
    made = changes(application.answers, draft.answers, handed_in, now)
    values = {change.field: change for change in made.fields}
    return [
        {"label": label, "asked": asked.get(name), "changed": name in made.names, "value": values.get(name)}
        for name, label in LABELS.items()
        if name in asked or name in made.names
    ]


def _take(services: Services, draft: Draft, _sent: FormInput) -> Change:
    return Change(closed, beside=lambda _: submission.submit(services, draft), leads_to=DONE_PATH)


STEP = Step("review", "核对信息", 2, Trust.CAPTURED, _done, _show, _take)
