"""附件: portrait and signature. Pictures are worked on before the transaction that keeps them."""

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from renewal import steps
from renewal.images.errors import ImageRejected
from renewal.journey import studio
from renewal.journey.answers import FormInput, Invalid, Repeated
from renewal.journey.services import Services
from renewal.journey.studio import OTHER, PHOTO, SOURCE, Prepared
from renewal.steps import attachments
from renewal.store.drafts import Draft, DraftChanged

TITLES = {picture.kind: picture.title for picture in attachments.PICTURES}
FILES = {"portrait": (PHOTO, OTHER, SOURCE), "signature": ("signature", "signature_white")}
ATTEMPTS = 5  # at putting one picture beside another that arrives at the same moment

Work = Callable[[Draft], Prepared | None]


def attach(services: Services, draft_id: str, kind: str, version: int, data: bytes | None) -> Draft:
    """Put a picture, or with None remove it. `version` counts this picture alone, so that two uploads at
    once do not refuse each other. Raises Invalid, Repeated, DraftChanged."""

    def work(draft: Draft) -> Prepared | None:
        if data is None:
            return None
        return studio.signed(data) if kind == "signature" else studio.uploaded(data, draft.answers.get("selfies", ()))

    return _change(services, draft_id, kind, version, sha256(data or b"").hexdigest(), work)


def adjust(services: Services, draft_id: str, version: int, form: Mapping[str, str]) -> Draft:
    """Cut the portrait anew: 大一点, 上移, 左转 … or a drag. Raises like `attach`."""

    def work(draft: Draft) -> Prepared:
        source = services.attachments.get(draft_id, SOURCE)
        if source is None:
            raise Invalid({PHOTO: f"请先上传{TITLES[PHOTO]}"})
        return studio.adjusted(source, draft.answers["pictures"][PHOTO], form)

    fingerprint = repr([form.get(name) for name in ("adjust", "zoom", "right", "down", "turn")])
    return _change(services, draft_id, PHOTO, version, fingerprint, work)


def choose_background(services: Services, draft_id: str, version: int, wall: str) -> Draft:
    """Take the portrait with the `white` or the `plain` wall. Raises like `attach`."""

    def work(draft: Draft) -> Prepared:
        photo, other, source = (services.attachments.get(draft_id, kind) for kind in FILES[PHOTO])
        if photo is None or source is None:
            raise Invalid({PHOTO: f"请先上传{TITLES[PHOTO]}"})
        about = draft.answers["pictures"][PHOTO]
        if about["white"] == (wall == "white"):
            return Prepared({PHOTO: photo, SOURCE: source} | ({OTHER: other} if other else {}), about)
        return studio.with_other_wall(photo, other, source, about)

    return _change(services, draft_id, PHOTO, version, wall, work)


def chosen(kind: str, files: Sequence[bytes], form: Mapping[str, str]) -> bytes:
    """The picture that came: a file, or what was drawn on the pad as a PNG data URL. Raises Invalid."""
    drawn = form.get(f"{kind}_data", "")
    if drawn:
        head, _, body = drawn.partition(",")
        try:
            return b64decode(body if head.startswith("data:image/png") else "!", validate=True)
        except ValueError:
            raise Invalid({kind: "没有收到完整的签名，请重新签一次"}) from None
    if not files:
        raise Invalid({kind: f"请选择要上传的{TITLES[kind]}"})
    return files[0]


def go_on(draft: Draft) -> Draft:
    """下一步 on the attachments page. Raises Invalid naming each picture that is missing."""
    missing = [kind for kind in TITLES if kind not in draft.answers.get("pictures", {})]
    if missing:
        raise Invalid({kind: f"请上传{TITLES[kind]}" for kind in missing})
    return draft


def version_of(draft: Draft, kind: str) -> int:
    """How often this picture was put, changed or removed."""
    return len(_fingerprints(draft, kind))


def _fingerprints(draft: Draft, kind: str) -> list[str]:
    return [fingerprint for step, _path, fingerprint in draft.history if step == kind]


def _change(services: Services, draft_id: str, kind: str, version: int, content: str, work: Work) -> Draft:
    fingerprint = services.sealer.index(kind, content)[:16]
    draft = services.draft(draft_id)
    _check(draft, kind, version, fingerprint)
    try:
        prepared = work(draft)
    except ImageRejected as rejected:
        raise Invalid({kind: str(rejected)}) from rejected
    for _ in range(ATTEMPTS):
        try:
            return _put(services, services.draft(draft_id), kind, version, prepared, fingerprint)
        except DraftChanged:
            continue
    raise DraftChanged


def _check(draft: Draft, kind: str, version: int, fingerprint: str) -> None:
    fingerprints = _fingerprints(draft, kind)
    if version < len(fingerprints):
        raise Repeated(attachments.STEP.path, same=fingerprint == fingerprints[version])
    if version > len(fingerprints) or not steps.is_open(attachments.STEP, draft.all_answers):
        raise DraftChanged


def _put(
    services: Services, draft: Draft, kind: str, version: int, prepared: Prepared | None, fingerprint: str
) -> Draft:
    _check(draft, kind, version, fingerprint)
    pictures = {name: about for name, about in draft.answers.get("pictures", {}).items() if name != kind}
    if prepared:
        pictures[kind] = prepared.about
    changed = replace(draft, answers={**draft.answers, "pictures": pictures})
    with services.database.transaction():
        advanced = services.advance(changed, FormInput(kind, draft.version, fingerprint), attachments.STEP)
        for name in FILES[kind]:
            services.attachments.remove(draft.id, name)
        for name, file in (prepared.files if prepared else {}).items():
            services.attachments.put(draft.id, name, file, services.now())
        return advanced
