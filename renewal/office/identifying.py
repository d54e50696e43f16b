"""Who applied: seen at the counter with a document, or by the selfie beside the photo."""

from renewal.domain.decision import LONGEST
from renewal.domain.errors import InvalidValue
from renewal.domain.text import free_text
from renewal.domain.trust import Trust
from renewal.office import claiming
from renewal.office.acts import Action, actor
from renewal.selfies import forget_selfie
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.staff import Member

WHAT_WAS_SHOWN = "请写明核验了什么，如“身份证原件，与本人一致”。"
ALREADY = "本人已经核验过了。"
GONE = "自拍照已经删除，不能再比对。"
COMPARED = "已由工作人员比对，自拍照已删除"
NOT_NEEDED = "本人已在窗口核验，自拍照已删除"


def verify_person(services: Services, case: Application, version: int, member: Member, shown: str) -> Application:
    """窗口核验: somebody with the documents `shown` was there. The case's trust is VERIFIED from now on, also when it
    is corrected, and the selfie not needed any more. Raises Held, InvalidValue, MoveRefused, ApplicationChanged."""
    if not shown.strip():
        raise InvalidValue(WHAT_WAS_SHOWN)
    seen, by, now = free_text(shown, LONGEST), actor(member), services.now()
    with services.database.transaction():
        held = claiming.hold(services, case, version, member)
        if held.trust is Trust.VERIFIED:
            raise InvalidValue(ALREADY)
        services.drafts.raise_trust(held.draft_id, Trust.VERIFIED)
        services.applications.record(held, Action.PERSON_VERIFIED, by, now, seen, {"trust": Trust.VERIFIED})
        forget_selfie(services, held, by, NOT_NEEDED)
        return services.applications.get(held.id)


def compare_selfie(services: Services, case: Application, version: int, member: Member, same: bool) -> Application:
    """Say whether selfie and photo show the same person; with that the selfie is deleted
    (人脸识别技术应用安全管理办法). Raises Held, InvalidValue, MoveRefused, ApplicationChanged."""
    with services.database.transaction():
        held = claiming.hold(services, case, version, member)
        if not services.attachments.some(held.draft_id, ["selfie"]):
            raise InvalidValue(GONE)
        action = Action.SELFIE_SAME if same else Action.SELFIE_OTHER
        services.applications.record(held, action, actor(member), services.now())
        forget_selfie(services, held, actor(member), COMPARED)
        return held
