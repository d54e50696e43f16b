"""申报信息 (图9-1): the application form, saved by itself while it is filled in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from renewal.domain.qualification import education_degree_warning
from renewal.domain.trust import Trust
from renewal.forms.details import FORM
from renewal.forms.person import id_facts
from renewal.journey.form_input import FormInput, Invalid
from renewal.journey.steps.step import Answers, Change, Step, StepView
from renewal.services import Services
from renewal.store.drafts import Draft

MANY = 3  # errors that would fill half of a phone's screen, a sentence each


def _done(answers: Answers) -> bool:
    # What was typed after the last 下一步 waits to be confirmed: submitting without it would lose it.
    return "details" in answers and not answers.get("typed")


def _show(view: StepView) -> dict[str, Any]:
    """The phone typed at registration, over it what was saved, over it what was typed since."""
    answers = view.draft.answers
    saved = answers.get("details", {})
    known = {"phone": answers.get("register", {}).get("phone", ""), **saved, **view.draft.typed}
    person = locked(view.services, view.draft)
    shown = view.entries(known, person) | {"person": person, "wrong": _wrong(view)}
    warning = saved and education_degree_warning(saved["education"], saved["degree"])
    return shown | {"warnings": [warning] if warning else []}


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
        raise Invalid(reading.errors, reading.typed)
    return Change(
        lambda stored: replace(stored, answers={**stored.answers, "details": reading.values}, typed={}),
        beside=lambda stored: services.drafts.put_typed(stored, {}, services.now()),
    )


def locked(services: Services, draft: Draft) -> dict[str, str]:
    """What the form cannot change: the claimed person, and what the ID number tells of them."""
    person = draft.answers["verify"]
    return {"name": person["name"], **id_facts(person["id_number"], services.rules)}


def keep_typed(services: Services, draft: Draft, fields: Mapping[str, str]) -> datetime:
    """Autosave any part of the form, valid or not; when it was saved. Raises DraftChanged."""
    saved = {**draft.answers.get("details", {}), **locked(services, draft)}
    now = services.now()
    with services.database.transaction():
        typed = {**services.draft(draft.id).typed, **FORM.typed(fields)}  # what other tabs typed, too
        services.drafts.put_typed(draft, {} if typed.items() <= saved.items() else typed, now)
    return now


STEP = Step("details", "申报信息", 2, Trust.CAPTURED, _done, _show, _take, FORM)
