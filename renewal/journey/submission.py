"""From draft to application, and back out of it."""

from renewal.domain.application import Status, move
from renewal.domain.clock import china_day
from renewal.journey import studio
from renewal.journey.services import Services
from renewal.store.applications import Application
from renewal.store.drafts import Draft, DraftChanged

APPLICANT = "申请人"


def submit(services: Services, draft: Draft) -> Application:
    """Freeze what the draft held into an application, beside the step that takes it. Runs inside a transaction.
    Raises AlreadyOpen, DraftChanged."""
    if services.draft(draft.id).typed:
        raise DraftChanged  # kept by autosave since the draft was read, and not confirmed
    now = services.now()
    for working_file in (studio.OTHER, studio.SOURCE):
        services.attachments.remove(draft.id, working_file)
    application = services.applications.submit(draft, draft.answers["face"]["method"], now, china_day(now))
    services.applications.record(application.id, now, APPLICANT, Status.DRAFT, move(Status.DRAFT, Status.SUBMITTED))
    return application


def forget_selfie(services: Services, application: Application, actor: str, reason: str) -> None:
    """Delete the selfie, once compared or no longer needed; the deletion is an event of its own
    (人脸识别技术应用安全管理办法: the shortest storage). Runs inside a transaction."""
    if services.attachments.get(application.draft_id, "selfie") is None:
        return
    services.attachments.remove(application.draft_id, "selfie")
    status = application.status
    services.applications.record(application.id, services.now(), actor, status, status, reason)


def withdraw(services: Services, application: Application) -> None:
    """撤回. Raises MoveRefused, ApplicationChanged."""
    target = move(application.status, Status.WITHDRAWN)
    with services.database.transaction():
        forget_selfie(services, application, APPLICANT, "申请撤回，自拍照已删除")
        services.applications.set_status(application, target)
        services.applications.record(application.id, services.now(), APPLICANT, application.status, target)
