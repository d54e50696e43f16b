"""From draft to application, and back out of it."""

from dataclasses import replace

from renewal.domain.application import Status, move
from renewal.domain.clock import china_day
from renewal.journey.answers import Posted
from renewal.journey.house import House
from renewal.steps import done
from renewal.store.applications import Application
from renewal.store.drafts import Draft, DraftChanged

APPLICANT = "申请人"


def submit(house: House, draft: Draft, posted: Posted) -> Application:
    """Freeze the draft into an application, once. Raises AlreadyOpen, DraftChanged."""
    now = house.now()
    kept = {name: draft.answers[name] for name in ("verify", "face", "resume")}
    trail = (*draft.trail, (posted.step, done.STEP.path, posted.mark))
    with house.database.transaction():
        if house.draft(draft.id).typed:
            raise DraftChanged  # kept by autosave since the draft was read, and not confirmed
        house.drafts.put(replace(draft, answers=kept, trail=trail), now)
        number = house.applications.submit(draft, draft.answers["face"]["method"], now, china_day(now))
        house.applications.record(number, now, APPLICANT, Status.DRAFT, move(Status.DRAFT, Status.SUBMITTED))
    application = house.applications.find(number)
    assert application is not None  # noqa: S101  # written two lines above
    return application


def withdraw(house: House, application: Application) -> None:
    """撤回. Raises MoveRefused, ApplicationChanged."""
    target = move(application.status, Status.WITHDRAWN)
    with house.database.transaction():
        house.applications.set_status(application, target)
        house.applications.record(application.id, house.now(), APPLICANT, application.status, target)
