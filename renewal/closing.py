"""A draft is shut when it is handed in, withdrawn, or its case closed by the office: both halves do it."""

from dataclasses import replace

from renewal.services import Services
from renewal.store.drafts import Draft

SELFIE = "selfie"
"""Stays when its draft is shut: it has moments of its own, see `selfies`."""


def closed(draft: Draft) -> Draft:
    """The draft as a submission leaves it: with what leads back to its application, and no more."""
    kept = {name: draft.answers[name] for name in ("verify", "face", "resume")}
    return replace(draft, answers=kept, typed={}, submitted=True)


def shut(services: Services, draft_id: str, what: str) -> None:
    """Shut the draft, if it was opened again; `what` did it. Runs inside a transaction. Raises DraftChanged."""
    draft = services.draft(draft_id)
    if draft.submitted:
        return
    history = (*draft.history, (what, "", ""))
    services.drafts.put(replace(closed(draft), history=history), services.now(), confirmed=True)
    services.attachments.clear(draft_id, SELFIE)
