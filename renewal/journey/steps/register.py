"""用户注册 (图6): for a person who is not registered here."""

from dataclasses import replace
from typing import Any

from renewal.domain.trust import Trust
from renewal.forms.fields import Form
from renewal.forms.person import ID_NUMBER, ID_TYPE, NAME, PHONE, id_facts, id_type_fits
from renewal.journey.form_input import FormInput, Invalid
from renewal.journey.steps.step import Answers, Change, Step, StepView
from renewal.services import Services
from renewal.store.drafts import Draft


def _done(answers: Answers) -> bool:
    return "register" in answers or bool(answers.get("verify", {}).get("known"))


def _show(view: StepView) -> dict[str, Any]:
    claim, typed_before = view.draft.answers["verify"], view.draft.answers.get("register", {})
    facts = {"name": claim["name"], **id_facts(claim["id_number"], view.services.rules)}
    return view.entries({**facts, **typed_before})


def _take(services: Services, _draft: Draft, sent: FormInput) -> Change:
    reading = STEP.form.read(sent.fields, services.rules)
    if reading.errors:
        raise Invalid(reading.errors, reading.typed)
    person = reading.values
    claim = {"name": person["name"], "id_number": person["id_number"], "known": False}
    index = services.sealer.index("id_number", person["id_number"])
    return Change(
        lambda stored: replace(stored, answers={"verify": claim, "register": person}, id_index=index),
        beside=lambda _: services.people.register(person, services.now()),
    )


FORM = Form((NAME, ID_TYPE, ID_NUMBER, PHONE), id_type_fits)
STEP = Step("register", "用户注册", 1, Trust.CLAIMED, _done, _show, _take, FORM, once=True)
