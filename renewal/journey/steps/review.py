"""核对: every answer once more, then the submission. Not in the manual; GOV.UK's “check your answers”."""

from typing import Any

from renewal import registration
from renewal.closing import closed
from renewal.domain.commitment import AGREE
from renewal.domain.trust import Trust
from renewal.forms.correction import LABELS, PICTURE_KINDS, changes
from renewal.forms.details import FIELDS
from renewal.journey import correcting, submission
from renewal.journey.form_input import FormInput, Invalid
from renewal.journey.steps import attachments, commitment, details
from renewal.journey.steps.step import DONE_PATH, Answers, Change, Step, StepView
from renewal.services import Services
from renewal.store.drafts import Draft
from renewal.store.roster import Registered
from renewal.verification import LABELS as WAYS


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
    method = WAYS[answers["face"]["method"]]
    again = "" if commitment.STEP.name in shut else commitment.STEP.path
    sections.append(("承诺书", again, [("承诺", AGREE), ("本人核验", method)]))
    policy = {"employer_confirmation": view.services.policy.employer_confirmation}
    found = _registered(view.services, view.draft)
    told = [(said, "", "") for said in registration.warnings(view.services, found, answers["details"])]
    later = {"asked_later": [*told, *asked_later(answers, **policy)]}
    corrected = _corrected(view.services, view.draft)
    return {"sections": sections, "corrected": corrected} | policy | later | attachments.STEP.show(view)


def asked_later(answers: Answers, employer_confirmation: bool) -> list[tuple[str, str, str]]:
    """What is not needed to submit and will be asked for afterwards, with the words and address of the way to
    mend it now, if there is one."""
    asked = []
    if employer_confirmation and not answers["details"]["employer_code"]:
        sentence = "统一社会信用代码还没有填写。提交时可以不填，但单位确认时需要它，现在填好可以少一次来回。"
        asked.append((sentence, "现在填写", f"{details.STEP.path}#employer_code"))
    if answers["face"]["method"] == "counter":
        asked.append(("您选择了到窗口核验：提交以后，请带身份证件原件到窗口，核验后才能受理。", "", ""))
    return asked


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


def _registered(services: Services, draft: Draft) -> Registered | None:
    return registration.registered(services, draft.trust, draft.answers["details"]["id_number"])


def _take(services: Services, draft: Draft, _sent: FormInput) -> Change:
    """An office may refuse who applies at the wrong time; a correction came in time once."""
    if services.policy.refuses_outside_window and not correcting.reasons(draft.answers):
        refused = registration.untimely(services, _registered(services, draft))
        if refused:
            raise Invalid({WINDOW: refused[0]})
    return Change(closed, beside=lambda _: submission.submit(services, draft), leads_to=DONE_PATH)


WINDOW = "window"
STEP = Step("review", "核对信息", 2, Trust.CAPTURED, _done, _show, _take, names={WINDOW: "申请期限"})
