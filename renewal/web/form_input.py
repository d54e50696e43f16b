"""Reading what came in: the step token, the files, and a fingerprint by which equal forms are known."""

from collections.abc import Sequence

from flask import request

from renewal.journey.answers import FormInput
from renewal.store.drafts import Draft, DraftChanged
from renewal.web import image_slots, session
from renewal.web.context import context
from renewal.web.tokens import StepToken

HIDDEN = frozenset({"csrf_token", "token"})


def token(step: str) -> StepToken:
    """The form's token. Raises DraftChanged for one that is forged, of another step, or not this person's."""
    read = context().tokens.read_step(request.form.get("token", ""))
    if read is None or read.step != step or not _may_use(read):
        raise DraftChanged
    return read


def step_form(step: str) -> tuple[Draft, FormInput]:
    """The draft a step's form belongs to, and what came in. Raises DraftChanged like `token`."""
    read = token(step)
    draft = context().services.draft(read.draft)
    session.select_draft(draft)
    return draft, FormInput(step, read.version, _fingerprint())


def files(name: str) -> Sequence[bytes]:
    """The files of one input, without those left empty. They are taken off the disk in the image_slots only."""
    chosen = request.files.getlist(name)
    if chosen:
        image_slots.enter()
    return [content for file in chosen if (content := file.read()) or file.filename]


def _may_use(read: StepToken) -> bool:
    if read.draft in session.opened():
        return True
    # The first form of all: a session lost since it was shown costs nothing, there is nothing to guard yet.
    return read.step == "verify" and context().services.drafts.find(read.draft) is None


def _fingerprint() -> str:
    """The same for the same form sent twice. Keyed, for it stands beside the draft in the open."""
    fields = sorted((name, value) for name, value in request.form.items(multi=True) if name not in HIDDEN)
    names = sorted((name, file.filename or "") for name, file in request.files.items(multi=True))
    return context().services.sealer.index("posted", repr((fields, names)))[:16]
