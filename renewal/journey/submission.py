"""From draft to application, and back out of it."""

from dataclasses import replace

from renewal.domain.application import Status, move
from renewal.domain.clock import china_day
from renewal.journey import studio
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
    with house.database.transaction():
        if house.draft(draft.id).typed:
            raise DraftChanged  # kept by autosave since the draft was read, and not confirmed
        house.move(replace(draft, answers=kept), posted, done.STEP)
        for working_file in (studio.OTHER, studio.SOURCE):
            house.attachments.remove(draft.id, working_file)
        application = house.applications.submit(draft, draft.answers["face"]["method"], now, china_day(now))
        house.applications.record(application.id, now, APPLICANT, Status.DRAFT, move(Status.DRAFT, Status.SUBMITTED))
        return application


def forget_selfie(house: House, application: Application, actor: str, reason: str) -> None:
    """Delete the selfie, once compared or no longer needed; the deletion is an event of its own
    (人脸识别技术应用安全管理办法: the shortest storage). Runs inside a transaction."""
    if house.attachments.get(application.draft_id, "selfie") is None:
        return
    house.attachments.remove(application.draft_id, "selfie")
    status = application.status
    house.applications.record(application.id, house.now(), actor, status, status, reason)


def withdraw(house: House, application: Application) -> None:
    """撤回. Raises MoveRefused, ApplicationChanged."""
    target = move(application.status, Status.WITHDRAWN)
    with house.database.transaction():
        forget_selfie(house, application, APPLICANT, "申请撤回，自拍照已删除")
        house.applications.set_status(application, target)
        house.applications.record(application.id, house.now(), APPLICANT, application.status, target)
