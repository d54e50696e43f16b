"""What a draft holds once somebody proved who they are, in whichever way, and what its case is told."""

from collections.abc import Sequence
from dataclasses import replace

from renewal.domain import resume_code
from renewal.domain.actor import APPLICANT
from renewal.domain.trust import Trust
from renewal.selfies import forget_selfie
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.drafts import Draft
from renewal.store.event_log import FACE_VERIFIED
from renewal.verification import COMPANIES

ATTEMPTS = 5
NOT_NEEDED = "本人已通过人脸核身，自拍照已删除"


def proven(
    services: Services,
    draft: Draft,
    method: str,
    trust: Trust,
    code: str,
    selfies: Sequence[int] = (),
    consent: bool = True,
) -> Draft:
    """The draft with its proof and the resume code `code`: the first proof begins the application."""
    face = {"method": method, "consent": consent, "at": services.now().isoformat()}
    answers = {**draft.answers, "face": face, "resume": code, "selfies": list(selfies)}
    index = services.sealer.index("resume", resume_code.compact(code))
    return replace(draft, answers=answers, trust=max(draft.trust, trust), resume_index=index)


def selfie_not_needed(services: Services, draft: Draft) -> None:
    """A provider has seen the person of a draft that had another proof: its case, if there is one, is told, and
    the selfie goes (人脸识别技术应用安全管理办法: the shortest storage). Runs inside a transaction."""
    application = services.applications.of_draft(draft.id)
    if application is None:
        services.attachments.remove(draft.id, "selfie")
        return
    tell(services, application)
    forget_selfie(services, application, APPLICANT, NOT_NEEDED)


def tell(services: Services, application: Application) -> None:
    """Say in the case's log by which order its person is known, if it is by one: the case's trust stands on it. Runs
    inside a transaction. Raises ApplicationChanged."""
    order = services.face_orders.passed(application.draft_id)
    if order is None:
        return
    reason = f"{COMPANIES[order.provider]}，订单号{order.id}，结果{order.code}"
    also = {"trust": Trust.VERIFIED}
    services.applications.record(application, FACE_VERIFIED, APPLICANT, services.now(), reason, also)
