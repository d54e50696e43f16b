"""核对: every answer once more, then the submission. Not in the manual; GOV.UK's “check your answers”."""

from typing import Any

from renewal.domain.commitment import AGREE
from renewal.domain.trust import Trust
from renewal.forms.details import FIELDS
from renewal.journey import submission
from renewal.journey.form_input import FormInput
from renewal.journey.steps import attachments, commitment, details
from renewal.journey.steps.step import DONE_PATH, Answers, Change, Step, StepView
from renewal.services import Services
from renewal.store.drafts import Draft
from renewal.verification import PROVIDERS


def _done(_answers: Answers) -> bool:
    return False  # what is submitted is an application, and no draft any more


def _show(view: StepView) -> dict[str, Any]:
    answers = view.draft.answers
    rows: dict[str, list[tuple[str, str]]] = {}
    for field in FIELDS:
        rows.setdefault(field.section, []).append((field.label, answers["details"][field.name] or "未填写"))
    sections = [(title, details.STEP.path, lines) for title, lines in rows.items()]
    method = PROVIDERS[answers["face"]["method"]].label
    sections.append(("承诺书", commitment.STEP.path, [("承诺", AGREE), ("本人核验", method)]))
    policy = {"employer_confirmation": view.services.policy.employer_confirmation}
    return {"sections": sections} | policy | attachments.STEP.show(view)


def _take(services: Services, draft: Draft, _sent: FormInput) -> Change:
    return Change(submission.closed, beside=lambda _: submission.submit(services, draft), leads_to=DONE_PATH)


STEP = Step("review", "核对信息", 2, Trust.CAPTURED, _done, _show, _take)
