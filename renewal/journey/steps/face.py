"""人脸识别 (图7): one of the ways of `verification`, each with the consent it needs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from renewal import attempts
from renewal.attempts import DAY, Counter, Limit, TooMany, Visitor
from renewal.domain import resume_code
from renewal.domain.trust import Trust
from renewal.forms.pictures import SELFIE_SHRINK
from renewal.images import apart
from renewal.journey import identity, proving
from renewal.journey.form_input import FormInput, Invalid
from renewal.journey.steps.step import Answers, Change, Step, StepView
from renewal.services import Services
from renewal.store.drafts import Draft
from renewal.verification import PROVIDERS, Provider, VerificationMethod, VerificationRefused

SELFIE_TRIES = 5
SELFIES = Limit(SELFIE_TRIES, DAY)
TICKED = ("yes", "on", "1", "true")  # a tick box as clients other than our page send it
TAKEN = "人脸识别已通过。自拍已收到，待工作人员比对。"
"""The manual's word, and what it means here: nobody has looked at the selfie yet."""
NO_CONSENT = "请先阅读并勾选授权；不愿意刷脸的，请点“改用自拍，或者到窗口”"
SET_OUT = "/renewal/face/go"
"""Leads on to the provider's page."""
NO_TRIES_LEFT = "自拍核验已试5次，不能再试。请选择“到窗口核验”继续，不影响办理。"


def _done(answers: Answers) -> bool:
    return "face" in answers


def _show(view: StepView) -> dict[str, Any]:
    apart.wake()
    left = tries_left(view.services, view.draft, view.visitor)
    methods = [
        {"value": name, "label": method.label, "text": method.text, "used_up": method.needs_consent and not left}
        for name, method in PROVIDERS.items()
    ]
    provider, chosen = identity.offered(view.services, view.draft), view.typed.get("method")
    elsewhere = provider and chosen == provider.name
    return {
        "methods": methods,
        "provider": provider,
        "others": provider and identity.was_in_vain(view.services, view.draft),
        "tries_left": left if left < SELFIE_TRIES else 0,
        "method": chosen if left or elsewhere else "counter",
        "shrink": SELFIE_SHRINK,
        "consent": view.typed.get("consent"),
    }


def _take(services: Services, draft: Draft, sent: FormInput) -> Change:
    """The first proof begins the application and makes its resume code."""
    provider = identity.offered(services, draft)
    if provider and sent.fields.get("method") == provider.name:
        return _take_elsewhere(services, provider, draft, sent)
    method, earlier = _chosen(sent.fields), draft.answers.get("selfies", [])
    pictures = sent.files("selfie")
    if method.needs_consent:
        _count_try(services, draft, sent.visitor, sent=bool(pictures))
    try:
        proof = method.prove(pictures, earlier)
    except VerificationRefused as refused:
        if pictures:
            _remember_refusal(services, draft, sent)
        raise Invalid({"selfie": f"{refused}{_left(tries_left(services, draft, sent.visitor))}"}) from refused
    code = draft.answers.get("resume") or resume_code.new_code()
    hashes = [*earlier, proof.perceptual_hash] if proof.picture else earlier

    def proven(stored: Draft) -> Draft:
        name, consent = sent.fields["method"], method.needs_consent
        return proving.proven(services, stored, name, proof.trust, code, hashes, consent)

    def keep_selfie(stored: Draft) -> None:
        if proof.picture:
            services.attachments.put(stored.id, "selfie", proof.picture, services.now())
            attempts.forget(services, _selfies(draft, sent.visitor))

    return Change(proven, keep_selfie, message=TAKEN if method.needs_consent else "已选择到窗口核验")


def _take_elsewhere(services: Services, provider: Provider, draft: Draft, sent: FormInput) -> Change:
    """The order is stored with the answer; the provider is asked once the person sets out."""
    if sent.fields.get("consent") not in TICKED:
        raise Invalid({"consent": NO_CONSENT})
    order = identity.ask(services, provider, draft, sent.visitor)
    return Change(lambda stored: stored, lambda _: services.face_orders.put(order), leads_to=SET_OUT)


def tries_left(services: Services, draft: Draft, visitor: Visitor) -> int:
    """Selfies that may still be sent today for this ID number from this browser and this address; then the
    counter is the way."""
    return attempts.left(services, _selfies(draft, visitor))


def _chosen(fields: Mapping[str, str]) -> VerificationMethod:
    method = PROVIDERS.get(fields.get("method", ""))
    if method is None:
        raise Invalid({"method": "请选择一种核验方式"})
    if method.needs_consent and fields.get("consent") not in TICKED:
        raise Invalid({"consent": "请先阅读并勾选授权；不愿意拍照的，请选“到窗口核验”"})
    return method


def _count_try(services: Services, draft: Draft, visitor: Visitor, sent: bool) -> None:
    """Before the selfie is looked at: neither a lost answer nor many at once buy a further try. Raises Invalid."""
    try:
        if sent:
            attempts.count(services, _selfies(draft, visitor))
    except TooMany:
        raise Invalid({"method": NO_TRIES_LEFT}) from None
    if not sent and tries_left(services, draft, visitor) == 0:
        raise Invalid({"method": NO_TRIES_LEFT})


def _remember_refusal(services: Services, draft: Draft, sent: FormInput) -> None:
    """The next version, so that this form sent again is a repeat and no further try."""
    history = (*draft.history, (sent.form, STEP.path, sent.fingerprint))
    with services.database.transaction():
        services.drafts.put(replace(draft, history=history), services.now())


def _selfies(draft: Draft, visitor: Visitor) -> list[Counter]:
    """Not by draft: 用户核验 posted again begins another. Not by ID number alone: strangers would use it up."""
    return attempts.counters(SELFIES, SELFIES, "selfie", visitor, draft.id_index)


def _left(tries: int) -> str:
    return f"还可以试{tries}次。" if tries else NO_TRIES_LEFT


STEP = Step("face", "人脸识别", 1, Trust.CLAIMED, _done, _show, _take, once=True, names={"selfie": "自拍"})
