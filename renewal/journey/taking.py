"""How a form is taken: one protocol for every step and every picture (architecture.md, “Step token”)."""

from dataclasses import dataclass, replace

from renewal.domain.clock import china_day
from renewal.journey.form_input import FormInput, Repeated
from renewal.journey.reaching import newly_reached
from renewal.journey.steps import BY_NAME, Change, is_open, next_path
from renewal.services import Services
from renewal.store.drafts import Draft, DraftChanged

ATTEMPTS = 5  # at putting one picture beside another that arrives at the same moment


@dataclass(frozen=True, slots=True)
class Taken:
    """The draft to go on with, where it leads, and what is said there."""

    draft: Draft
    path: str
    message: str = ""


def take(services: Services, draft: Draft, sent: FormInput) -> Taken:
    """Take a form that was shown for `draft`, and commit what it changes before returning.

    Raises Invalid, Repeated, DraftChanged.
    """
    check(draft, sent)
    change = BY_NAME[sent.step].take(services, draft, sent)
    if isinstance(change, Draft):
        return Taken(change, next_path(change))
    for _ in range(ATTEMPTS):
        try:
            return _commit(services, draft, sent, change)
        except DraftChanged:
            # Of two taps at once the other may have been taken just now: then this one repeats it.
            draft = services.draft(draft.id)
            check(draft, sent)
            if not sent.part:
                raise
    raise DraftChanged


def check(draft: Draft, sent: FormInput) -> None:
    """Whether this form may be taken now. A step's form is stale as soon as the draft moved on; a picture's
    only when that picture changed. Raises Repeated, or DraftChanged for anything stale."""
    for form, path, fingerprint in draft.since(sent.version):
        if form == sent.form:
            raise Repeated(path, fingerprint == sent.fingerprint)
        if not sent.part:
            raise DraftChanged
    if sent.version > draft.version or draft.submitted or not is_open(BY_NAME[sent.step], draft.all_answers):
        raise DraftChanged


def _commit(services: Services, draft: Draft, sent: FormInput, change: Change) -> Taken:
    changed = change.of(draft)
    path = change.leads_to or next_path(changed)
    history = (*changed.history, (sent.form, path, sent.fingerprint))
    with services.database.transaction():
        stored = services.drafts.put(replace(changed, history=history), services.now(), change.confirms)
        change.beside(stored)
        services.step_counts.reach(china_day(services.now()), newly_reached(draft, changed))
    return Taken(stored, path, change.message)
