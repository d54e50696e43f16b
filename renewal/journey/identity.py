"""Who is applying: claimed, registered, proven, or come back with the resume code."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import replace

from renewal import steps
from renewal.domain import resume_code
from renewal.domain.application import OPEN
from renewal.domain.trust import Trust
from renewal.journey.answers import FormInput, Invalid
from renewal.journey.services import Services
from renewal.steps import verify
from renewal.steps.resume import FORM as RESUME
from renewal.store.drafts import Draft
from renewal.verification import PROVIDERS, VerificationMethod, VerificationRefused

SELFIE_TRIES = 5
TICKED = ("yes", "on", "1", "true")  # a tick box as clients other than our page send it
NO_TRIES_LEFT = "自拍核验已试5次，不能再试。请选择“到窗口核验”继续，不影响办理。"


def claim(
    services: Services,
    draft: Draft,
    form_input: FormInput,
    form: Mapping[str, str],
    mine: Sequence[str],
    owner: str = "",
) -> Draft:
    """用户核验. `mine` are drafts this browser began: it goes on where it left off with this person. Anybody
    else begins anew and is told nothing of what is stored. `owner` is a secret by which this browser is known
    again, if it has one. Raises Invalid, DraftChanged."""
    reading = verify.STEP.form.read(form, services.rules)
    if reading.errors:
        raise Invalid(reading.errors, reading.typed)
    name, number = reading.values["name"], reading.values["id_number"]
    index = services.sealer.index("id_number", number)
    for begun in services.drafts.of_person([draft.id, *mine], index):
        if begun.answers["verify"]["name"] == name and _goes_on(services, begun):
            return begun
    while draft.trust >= Trust.CAPTURED:  # an heir may be proven itself by now: what it holds stays
        draft = services.draft(_successor_id(draft, form_input, index))
    answers = {"verify": {"name": name, "id_number": number, "known": services.people.knows(name, number)}}
    browser = draft.owner_index or (services.sealer.index("owner", owner) if owner else "")
    fresh = replace(draft, answers=answers, trust=Trust.CLAIMED, id_index=index, owner_index=browser)
    known = steps.current(answers) is not steps.BY_NAME["register"]
    return services.save(fresh, form_input, to=None if known else verify.STEP)


def register(services: Services, draft: Draft, form_input: FormInput, form: Mapping[str, str]) -> Draft:
    """用户注册. Raises Invalid, DraftChanged."""
    reading = steps.BY_NAME["register"].form.read(form, services.rules)
    if reading.errors:
        raise Invalid(reading.errors, reading.typed)
    person = reading.values
    answers = {
        "verify": {"name": person["name"], "id_number": person["id_number"], "known": False},
        "register": person,
    }
    index = services.sealer.index("id_number", person["id_number"])
    with services.database.transaction():
        services.people.register(person, services.now())
        return services.advance(replace(draft, answers=answers, id_index=index), form_input)


def prove(
    services: Services, draft: Draft, form_input: FormInput, form: Mapping[str, str], pictures: Sequence[bytes]
) -> Draft:
    """人脸识别. The first proof begins the application and makes its resume code. Raises Invalid."""
    way, earlier = _chosen_way(draft, form), draft.answers.get("selfies", [])
    try:
        proof = way.prove(pictures, earlier)
    except VerificationRefused as refused:
        left = _count_try(services, draft, form_input) if pictures else tries_left(draft)
        raise Invalid({"selfie": f"{refused}{_left(left)}"}) from refused
    code = draft.answers.get("resume") or resume_code.new_code()
    face = {"method": form["method"], "consent": way.needs_consent, "at": services.now().isoformat()}
    hashes = [*earlier, proof.perceptual_hash] if proof.picture else earlier
    proven = replace(
        draft,
        answers={**draft.answers, "face": face, "resume": code, "selfies": hashes},
        trust=max(draft.trust, proof.trust),
        resume_index=_resume_index(services, code),
    )
    with services.database.transaction():
        advanced = services.advance(proven, form_input)
        if proof.picture:
            services.attachments.put(draft.id, "selfie", proof.picture, services.now())
        return advanced


def tries_left(draft: Draft) -> int:
    """Selfies that may still be sent for this draft; then the counter is the way."""
    return max(0, SELFIE_TRIES - int(draft.answers.get("selfie_tries", 0)))


def resume(services: Services, form: Mapping[str, str]) -> Draft:
    """继续办理 on another phone: the code and the ID number open the draft they belong to. Raises Invalid,
    with the same sentence whichever of the two is wrong."""
    reading = RESUME.read(form, services.rules)
    if reading.errors:
        raise Invalid(reading.errors, reading.typed)
    draft = services.drafts.by_resume_code(_resume_index(services, reading.values["code"]))
    if draft is None or draft.id_index != services.sealer.index("id_number", reading.values["id_number"]):
        raise Invalid({"code": "续办码与身份证号码对不上，请核对后再试；忘记续办码的，可以重新申报"}, reading.typed)
    return draft


def _chosen_way(draft: Draft, form: Mapping[str, str]) -> VerificationMethod:
    way = PROVIDERS.get(form.get("method", ""))
    if way is None:
        raise Invalid({"method": "请选择一种核验方式"})
    if way.needs_consent and form.get("consent") not in TICKED:
        raise Invalid({"consent": "请先阅读并勾选授权；不愿意拍照的，请选“到窗口核验”"})
    if way.needs_consent and tries_left(draft) == 0:
        raise Invalid({"method": NO_TRIES_LEFT})
    return way


def _count_try(services: Services, draft: Draft, form_input: FormInput) -> int:
    """A refused selfie is counted before it is answered: an answer that gets lost buys no further try."""
    tried = replace(draft, answers={**draft.answers, "selfie_tries": SELFIE_TRIES - tries_left(draft) + 1})
    return tries_left(services.save(tried, form_input, steps.BY_NAME["face"]))


def _left(tries: int) -> str:
    return f"还可以试{tries}次。" if tries else NO_TRIES_LEFT


def _goes_on(services: Services, draft: Draft) -> bool:
    """A proven draft that is still being filled in, or whose application is still open."""
    application = services.applications.of_draft(draft.id)
    return draft.trust >= Trust.CAPTURED and (application is None or application.status in OPEN)


def _successor_id(draft: Draft, form_input: FormInput, id_index: str) -> str:
    """The id of the draft that begins when another person is claimed here: the same for the same form, so
    that a form posted twice begins one draft."""
    digest = hashlib.sha256(f"{draft.id}:{form_input.version}:{id_index}".encode()).digest()
    return urlsafe_b64encode(digest)[:22].decode()


def _resume_index(services: Services, code: str) -> str:
    return services.sealer.index("resume", resume_code.compact(code))
