"""申报须知, 申报信息 and 承诺书: what is read, filled in and promised."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from renewal.domain.commitment import REFUSED_EXPLANATION
from renewal.journey.answers import FormInput, Invalid
from renewal.journey.services import Services
from renewal.steps import details
from renewal.steps.commitment import letter
from renewal.steps.notice import ALL
from renewal.steps.verify import id_facts
from renewal.store.drafts import Draft


def read_notice(services: Services, draft: Draft, form_input: FormInput, read: Sequence[str]) -> Draft:
    """申报须知. Raises Invalid unless every clause was ticked."""
    if not set(read) >= ALL:
        raise Invalid({"read": "请逐条阅读注册须知并全部勾选，也可以点“全选”"})
    answer = {"read": sorted(ALL), "at": services.now().isoformat()}
    return services.save(replace(draft, answers={**draft.answers, "notice": answer}), form_input)


def locked(services: Services, draft: Draft) -> dict[str, str]:
    """What the details form cannot change: the claimed person, and what the ID number tells of them."""
    person = draft.answers["verify"]
    return {"name": person["name"], **id_facts(person["id_number"], services.rules)}


def prefilled(draft: Draft) -> dict[str, str]:
    """What the form starts with: the phone typed at registration, then the saved, then the typed values."""
    phone = draft.answers.get("register", {}).get("phone", "")
    return {"phone": phone, **draft.answers.get("details", {}), **draft.typed}


def save_details(services: Services, draft: Draft, form_input: FormInput, form: Mapping[str, str]) -> Draft:
    """申报信息. What is wrong is kept as typed all the same. Raises Invalid, DraftChanged."""
    reading = details.STEP.form.read(form, services.rules, locked(services, draft))
    if reading.errors:
        keep_typed(services, draft, form)
        raise Invalid(reading.errors, reading.typed)
    with services.database.transaction():
        answers = {**draft.answers, "details": reading.values}
        advanced = services.advance(replace(draft, answers=answers, typed={}), form_input)
        services.drafts.put_typed(advanced, {}, services.now())
        return advanced


def keep_typed(services: Services, draft: Draft, form: Mapping[str, str]) -> datetime:
    """Autosave any part of the details form, valid or not; when it was saved. Raises DraftChanged."""
    saved = {**draft.answers.get("details", {}), **locked(services, draft)}
    now = services.now()
    with services.database.transaction():
        typed = {**services.draft(draft.id).typed, **details.STEP.form.typed(form)}  # what other tabs typed, too
        services.drafts.put_typed(draft, {} if typed.items() <= saved.items() else typed, now)
    return now


def commit(services: Services, draft: Draft, form_input: FormInput, choice: str, ip: str) -> Draft:
    """承诺书: the exact text, its version, hash, time and address are kept. Raises Invalid on all but yes."""
    if choice == "no":
        raise Invalid({"refused": REFUSED_EXPLANATION})
    if choice != "yes":
        raise Invalid({"commitment": "请阅读承诺书，然后选择“本人作出上述承诺”"})
    text = letter(draft.answers)
    made = {"version": text.version, "sha256": text.sha256, "text": text.text}
    made |= {"at": services.now().isoformat(), "ip": ip}
    return services.save(replace(draft, answers={**draft.answers, "commitment": made}), form_input)
