"""申报信息 (图9-1): the application form, saved by itself while it is filled in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from renewal import registration
from renewal.domain.qualification import education_degree_warning
from renewal.domain.trust import Trust
from renewal.forms.correction import FIELDS, LABELS
from renewal.forms.details import FORM, fixed
from renewal.journey import correcting, phone
from renewal.journey.form_input import FormInput, Invalid
from renewal.journey.steps.step import Answers, Change, Step, StepView
from renewal.services import Services
from renewal.store.drafts import Draft

MANY = 3  # errors that would fill half of a phone's screen, a sentence each
CLOSED = "{label}不在这次补正的范围内，不能修改，保持原来提交的内容；确实有误的，请联系办公室"


def _done(answers: Answers) -> bool:
    # What was typed after the last 下一步 waits to be confirmed: submitting without it would lose it.
    return "details" in answers and not answers.get("typed") and not correcting.details_due(answers)


def _show(view: StepView) -> dict[str, Any]:
    """The phone typed at registration and what the roster says of a verified person, over it what was saved, over it
    what was typed since."""
    answers = view.draft.answers
    saved = answers.get("details", {})
    person = locked(view.services, view.draft)
    found = registration.registered(view.services, view.draft.trust, person["id_number"])
    phone = {"phone": answers["register"]["phone"]} if "register" in answers else {}
    known = {**registration.prefilled(found), **phone, **saved, **view.draft.typed}
    asked = correcting.reasons(answers)
    shown = view.entries(known, person) | {"person": person, "wrong": _wrong(view), "correcting": bool(asked)}
    warning = saved and education_degree_warning(saved["education"], saved["degree"])
    returned = [(name, label) for name, label in FIELDS.items() if name in asked]
    warnings = [*([warning] if warning else []), *registration.warnings(view.services, found, known)]
    shown |= {"warnings": warnings, "returned": returned, "prefilled": found is not None and not saved}
    return shown | {"reminded": _reminded(view)}


def _reminded(view: StepView) -> bool | None:
    """Whether messages go to the number; None where nobody sends any."""
    return phone.is_confirmed(view.services, view.draft) if view.services.sms else None


def _wrong(view: StepView) -> list[tuple[str, str]]:
    """What to correct: in a sentence each, or by name where so many sentences would fill a phone's screen."""
    if len(view.errors) < MANY:
        return list(view.errors.items())
    return [(field.name, field.label) for field in FORM.fields if field.name in view.errors]


def _take(services: Services, draft: Draft, sent: FormInput) -> Change:
    """What is wrong is kept as typed all the same."""
    reading = FORM.read(sent.fields, services.rules, locked(services, draft))
    if reading.errors:
        keep_typed(services, draft, sent.fields)
        raise Invalid(_said_of_closed(draft, reading.errors), reading.typed)
    return Change(
        lambda stored: replace(stored, answers=correcting.with_details(stored.answers, reading.values), typed={}),
        confirms=True,
    )


def locked(services: Services, draft: Draft) -> dict[str, str]:
    """What the form cannot change: the person, and in a correction whatever the office did not return."""
    person, handed_in = draft.answers["verify"], draft.answers.get("details", {})
    kept = {name: handed_in[name] for name in correcting.closed(draft.answers) & handed_in.keys()}
    return kept | fixed(person["name"], person["id_number"], services.rules)


def autosave(services: Services, draft: Draft, fields: Mapping[str, str]) -> datetime:
    """Keep any part of the form, valid or not; when it was saved. Raises DraftChanged, and in a correction Invalid
    for another value of a closed field."""
    errors = FORM.read(fields, services.rules, locked(services, draft)).errors
    refused = errors.keys() & correcting.closed(draft.answers)
    if refused:
        raise Invalid(_said_of_closed(draft, {name: errors[name] for name in refused}))
    return keep_typed(services, draft, fields)


def keep_typed(services: Services, draft: Draft, fields: Mapping[str, str]) -> datetime:
    """What was typed into the fields that are open; when it was saved. Raises DraftChanged."""
    saved = {**draft.answers.get("details", {}), **locked(services, draft)}
    now, shut = services.now(), correcting.closed(draft.answers)
    typing = {name: text for name, text in FORM.typed(fields).items() if name not in shut}
    with services.database.transaction():
        typed = {**services.draft(draft.id).typed, **typing}  # what other tabs typed, too
        services.drafts.put_typed(draft, {} if typed.items() <= saved.items() else typed, now)
    return now


def _said_of_closed(draft: Draft, errors: Mapping[str, str]) -> dict[str, str]:
    shut = correcting.closed(draft.answers)
    return {name: CLOSED.format(label=LABELS[name]) if name in shut else said for name, said in errors.items()}


STEP = Step("details", "申报信息", 2, Trust.CAPTURED, _done, _show, _take, FORM)
