"""From draft to application, back into the draft when the office returns it, and out of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from renewal.closing import SELFIE, shut
from renewal.domain.actor import APPLICANT, SYSTEM
from renewal.domain.application import CORRECTABLE, LABELS, MoveRefused, Status
from renewal.domain.confirmation import still_holds
from renewal.domain.defects import Defect
from renewal.journey import correcting, proving
from renewal.journey.pictures import FILES
from renewal.journey.studio import PHOTO
from renewal.selfies import forget_selfie
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.drafts import Draft, DraftChanged

FROZEN = (PHOTO, *FILES["signature"])
"""The pictures a submission keeps; working files go, and the selfie stays with the draft until it is deleted."""
CONFIRMED_BEFORE = "单位此前已确认，更正没有涉及确认的内容"


def submit(services: Services, draft: Draft) -> Application:
    """Freeze what `draft` holds into an application, or into the next submission of the one that was returned,
    beside the step that shuts it. Runs inside a transaction. Raises AlreadyOpen, with the case that this
    browser or person has open already, and DraftChanged."""
    if services.draft(draft.id).typed:
        raise DraftChanged  # kept by autosave since the draft was read, and not confirmed
    pictures = services.attachments.some(draft.id, FROZEN)
    services.attachments.clear(draft.id, SELFIE)
    handed_in = replace(draft, answers=correcting.over(draft.answers))
    asks_employer = services.policy.employer_confirmation
    deadline = None if asks_employer else services.return_by
    application = services.intake.submit(handed_in, pictures, services.now(), deadline)
    if application.submissions == 1:
        proving.tell(services, application)
    return _confirmed_before(services, application) if asks_employer else application


def reopen(services: Services, application: Application) -> Draft:
    """补正: what was handed in last stands in the draft again, open where the office found it wrong, to be
    corrected and submitted once more, or everywhere after the employer declined. Asked for again while it is open,
    it gives the draft as it is. Raises MoveRefused when it was neither returned nor declined by the employer."""
    with services.database.transaction():
        application = services.applications.get(application.id)  # a clerk may take a return back
        if application.status not in CORRECTABLE:
            raise MoveRefused(f"申请现在的状态是“{LABELS[application.status]}”，不需要补正，请刷新页面查看最新状态。")
        draft = services.draft(application.draft_id)
        if not draft.submitted:
            return draft
        defects = services.defects.of(application.id).get(application.submissions - 1, [])
        opened = replace(draft, answers=_opened(application.answers, defects), submitted=False)
        _put_back(services, application, opened.answers["pictures"])
        return _put(services, opened, "reopen")


def withdraw(services: Services, application: Application) -> None:
    """撤回, also of one that is being corrected. Raises MoveRefused, ApplicationChanged, DraftChanged."""
    with services.database.transaction():
        # The draft first, as handing in does: else two processes could each wait for what the other has locked.
        shut(services, application.draft_id, "withdraw")
        forget_selfie(services, application, APPLICANT, "申请撤回，自拍照已删除")
        services.applications.transition(application, Status.WITHDRAWN, APPLICANT, services.now())


def _confirmed_before(services: Services, application: Application) -> Application:
    """A corrected photo is nothing to bother the employer with again: what was confirmed and stayed so holds."""
    answer = services.employer_answers.last(application.id)
    if answer is None or answer.status is not Status.EMPLOYER_CONFIRMED:
        return application
    confirmed = services.submissions.of(application.id)[answer.key.position].answers["details"]
    if not still_holds(confirmed, application.answers["details"]):
        return application
    return services.applications.transition(
        application, answer.status, SYSTEM, services.now(), CONFIRMED_BEFORE, services.return_by
    )


def _put(services: Services, draft: Draft, what: str) -> Draft:
    """The next version, by something else than a form. Raises DraftChanged."""
    return services.drafts.put(replace(draft, history=(*draft.history, (what, "", ""))), services.now())


def _put_back(services: Services, application: Application, kinds: Iterable[str]) -> None:
    """The files of these pictures; one that was returned is made anew."""
    files = services.submissions.pictures(application.id, application.submissions - 1)
    for name in (name for kind in kinds for name in FILES[kind] if name in files):
        services.attachments.put(application.draft_id, name, files[name], services.now())


def _opened(answers: Mapping[str, Any], defects: Sequence[Defect]) -> dict[str, Any]:
    """What the photo was cut from is not frozen: there is no other background to choose any more."""
    begun = correcting.begin(answers, defects)
    return {**begun, "pictures": {kind: about | {"choice": False} for kind, about in begun["pictures"].items()}}
