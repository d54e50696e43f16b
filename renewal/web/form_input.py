"""Reading a form that came in: once a request, with the files and a fingerprint by which equal forms are known."""

from collections.abc import Sequence
from hashlib import file_digest

from flask import request
from werkzeug.datastructures import FileStorage

from renewal.journey.form_input import FormInput
from renewal.journey.steps import BY_NAME, Step
from renewal.store.drafts import Draft, DraftChanged
from renewal.web import image_slots, session
from renewal.web.context import context
from renewal.web.tokens import StepToken
from renewal.web.visitor import visitor

HIDDEN = frozenset({"csrf_token", "token"})


def posted_step() -> Step | None:
    """The step to whose address a form came; None outside of the wizard."""
    return BY_NAME.get((request.view_args or {}).get("name", ""))


def read(step: Step, part: str = "") -> tuple[Draft, FormInput]:
    """The draft that a step's form belongs to, and what came in. Raises DraftChanged for a token that is
    forged, of another step, or not this person's."""
    token = session.token()
    if token is None or token.step != step.name:
        raise DraftChanged
    draft = session.draft() if token.draft in session.opened() else _first_draft(token)
    session.select_draft(draft)
    return draft, FormInput(
        step=step.name,
        part=part,
        version=token.version,
        fingerprint=_fingerprint(),
        fields=request.form.to_dict(),
        lists=request.form.to_dict(flat=False),
        files=files,
        address=request.remote_addr or "",
        visitor=visitor(),
        own_drafts=[*session.opened(), *session.device().drafts],
    )


def files(name: str) -> Sequence[bytes]:
    """The files of one input, without those left empty. They are taken off the disk in an image slot only."""
    chosen = request.files.getlist(name)
    if chosen:
        image_slots.enter()
    return [content for file in chosen if (content := file.read()) or file.filename]


def _first_draft(token: StepToken) -> Draft:
    """The first form of all: a session lost since it was shown costs nothing, there is nothing to guard yet."""
    if token.step == "verify" and context().services.drafts.find(token.draft) is None:
        return Draft(token.draft)
    raise DraftChanged


def _fingerprint() -> str:
    """The same for the same form sent twice. Keyed, for it stands beside the draft in the open."""
    fields = sorted((name or "", value) for name, value in request.form.items(multi=True) if name not in HIDDEN)
    sent = sorted((name or "", _digest(file)) for name, file in request.files.items(multi=True))
    return context().services.sealer.index("posted", repr((fields, sent)))[:16]


def _digest(file: FileStorage) -> str:
    digest = file_digest(file.stream, "sha256").hexdigest()  # type: ignore[arg-type]  # a spooled file is one
    file.stream.seek(0)
    return digest
