"""用户核验 (图5): a name and an ID number, which prove nothing yet."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import replace
from typing import Any

from renewal.domain.application import OPEN
from renewal.domain.trust import Trust
from renewal.forms.fields import Form
from renewal.forms.person import ID_NUMBER, NAME
from renewal.journey.form_input import FormInput, Invalid
from renewal.journey.steps.step import Answers, Change, Step, StepView
from renewal.services import Services
from renewal.store.drafts import Draft


def _done(answers: Answers) -> bool:
    return "verify" in answers


def _show(view: StepView) -> dict[str, Any]:
    claim = view.draft.answers.get("verify", {})
    asked = bool(claim) and not claim["known"] and "register" not in view.draft.answers
    known = {} if view.draft.answers.get("face") else claim
    return view.entries(known) | {"unknown": asked and not (view.errors or view.typed)}


def _take(services: Services, draft: Draft, sent: FormInput) -> Change | Draft:
    """The browser goes on where it left off with this person. Anybody else begins anew and is told nothing of
    what is stored."""
    reading = STEP.form.read(sent.fields, services.rules)
    if reading.errors:
        raise Invalid(reading.errors, reading.typed)
    name, number = reading.values["name"], reading.values["id_number"]
    index = services.sealer.index("id_number", number)
    for begun in services.drafts.of_person([draft.id, *sent.own_drafts], index):
        if begun.answers["verify"]["name"] == name and _goes_on(services, begun):
            return begun
    while draft.trust >= Trust.CAPTURED:  # a successor may be proven itself by now: what it holds stays
        draft = services.draft(_successor_id(draft, sent.version, index))
    known = services.people.knows(name, number)
    answers = {"verify": {"name": name, "id_number": number, "known": known}}
    browser = sent.visitor.device
    owner = draft.owner_index or (services.sealer.index("owner", browser) if browser else "")
    claimed = replace(draft, answers=answers, trust=Trust.CLAIMED, id_index=index, owner_index=owner)
    return Change(lambda _: claimed, leads_to="" if known else STEP.path)


def _goes_on(services: Services, draft: Draft) -> bool:
    """A proven draft that is still being filled in, or whose application is still open."""
    application = services.applications.of_draft(draft.id)
    return draft.trust >= Trust.CAPTURED and (application is None or application.status in OPEN)


def _successor_id(draft: Draft, version: int, id_index: str) -> str:
    """The id of the draft that begins when another person is claimed here: the same for the same form, so
    that a form posted twice begins one draft."""
    digest = hashlib.sha256(f"{draft.id}:{version}:{id_index}".encode()).digest()
    return urlsafe_b64encode(digest)[:22].decode()


STEP = Step("verify", "用户核验", 1, Trust.STRANGER, _done, _show, _take, Form((NAME, ID_NUMBER)))
