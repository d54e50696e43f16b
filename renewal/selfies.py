"""How long a selfie is kept: both halves delete it, each at its own moment."""

from renewal.domain.actor import Actor
from renewal.services import Services
from renewal.store.applications import Application

SELFIE_DELETED = "selfie_deleted"


def forget_selfie(services: Services, application: Application, actor: Actor, reason: str) -> None:
    """Delete the selfie, once compared or no longer needed; the deletion is an event of its own
    (人脸识别技术应用安全管理办法: the shortest storage). Runs inside a transaction. Raises ApplicationChanged."""
    if services.attachments.get(application.draft_id, "selfie") is None:
        return
    services.attachments.remove(application.draft_id, "selfie")
    services.applications.record(application, SELFIE_DELETED, actor, services.now(), reason)
