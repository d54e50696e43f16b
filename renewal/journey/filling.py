"""申报须知, 申报信息 and 承诺书: what is read, filled in and promised."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from renewal.domain.commitment import REFUSED_EXPLANATION
from renewal.journey.answers import Invalid, Posted
from renewal.journey.house import House
from renewal.steps import details
from renewal.steps.commitment import letter
from renewal.steps.notice import ALL
from renewal.steps.verify import id_facts
from renewal.store.drafts import Draft


def read_notice(house: House, draft: Draft, posted: Posted, read: Sequence[str]) -> Draft:
    """申报须知. Raises Invalid unless every clause was ticked."""
    if not set(read) >= ALL:
        raise Invalid({"read": "请逐条阅读注册须知并全部勾选，也可以点“全选”"})
    answer = {"read": sorted(ALL), "at": house.now().isoformat()}
    return house.save(replace(draft, answers={**draft.answers, "notice": answer}), posted)


def locked(house: House, draft: Draft) -> dict[str, str]:
    """What the details form cannot change: the claimed person, and what the ID number tells of them."""
    person = draft.answers["verify"]
    return {"name": person["name"], **id_facts(person["id_number"], house.rules)}


def prefilled(draft: Draft) -> dict[str, str]:
    """What the form starts with: the phone typed at registration, then the saved, then the typed values."""
    phone = draft.answers.get("register", {}).get("phone", "")
    return {"phone": phone, **draft.answers.get("details", {}), **draft.typed}


def save_details(house: House, draft: Draft, posted: Posted, form: Mapping[str, str]) -> Draft:
    """申报信息. What is wrong is kept as typed all the same. Raises Invalid, DraftChanged."""
    reading = details.STEP.form.read(form, house.rules, locked(house, draft))
    if reading.errors:
        keep_typed(house, draft, form)
        raise Invalid(reading.errors, reading.typed)
    with house.database.transaction():
        answers = {**draft.answers, "details": reading.values}
        moved = house.move(replace(draft, answers=answers, typed={}), posted)
        house.drafts.put_typed(moved, {}, house.now())
        return moved


def keep_typed(house: House, draft: Draft, form: Mapping[str, str]) -> datetime:
    """Autosave any part of the details form, valid or not; when it was saved. Raises DraftChanged."""
    saved = {**draft.answers.get("details", {}), **locked(house, draft)}
    now = house.now()
    with house.database.transaction():
        typed = {**house.draft(draft.id).typed, **details.STEP.form.typed(form)}  # what other tabs typed, too
        house.drafts.put_typed(draft, {} if typed.items() <= saved.items() else typed, now)
    return now


def commit(house: House, draft: Draft, posted: Posted, choice: str, ip: str) -> Draft:
    """承诺书: the exact text, its version, hash, time and address are kept. Raises Invalid on all but yes."""
    if choice == "no":
        raise Invalid({"refused": REFUSED_EXPLANATION})
    if choice != "yes":
        raise Invalid({"commitment": "请阅读承诺书，然后选择“本人作出上述承诺”"})
    text = letter(draft.answers)
    made = {"version": text.version, "sha256": text.sha256, "text": text.text}
    made |= {"at": house.now().isoformat(), "ip": ip}
    return house.save(replace(draft, answers={**draft.answers, "commitment": made}), posted)
