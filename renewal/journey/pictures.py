"""附件: portrait and signature. Pictures are worked on before the transaction that keeps them."""

from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from renewal import steps
from renewal.images.errors import ImageRejected
from renewal.images.findings import Finding
from renewal.images.portrait import make_portrait
from renewal.images.signature import make_signature
from renewal.journey.answers import Invalid, Posted, Repeated
from renewal.journey.house import House
from renewal.steps import attachments
from renewal.store.drafts import Draft, DraftChanged

TITLES = {picture.kind: picture.title for picture in attachments.PICTURES}
ATTEMPTS = 5  # at putting one picture beside another that arrives at the same moment


@dataclass(frozen=True, slots=True)
class Prepared:
    """Files by the kind they are kept under, and what the page and the clerk are told of them."""

    files: dict[str, bytes]
    findings: tuple[Finding, ...]

    @property
    def about(self) -> dict[str, Any]:
        told = [{"code": f.code, "level": f.level, "text": f.text} for f in self.findings]
        return {"findings": told, "bytes": max(len(file) for file in self.files.values())}


def attach(house: House, draft_id: str, kind: str, version: int, data: bytes | None) -> Draft:
    """Put a picture, or with None remove it. `version` counts this picture alone, so that two uploads at
    once do not refuse each other. Raises Invalid, Repeated, DraftChanged."""
    try:
        prepared = None if data is None else PREPARE[kind](data)
    except ImageRejected as rejected:
        raise Invalid({kind: str(rejected)}) from rejected
    mark = house.sealer.index(kind, sha256(data or b"").hexdigest())[:16]
    for _ in range(ATTEMPTS):
        try:
            return _put(house, house.draft(draft_id), kind, version, prepared, mark)
        except DraftChanged:
            continue
    raise DraftChanged


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
    """How often this picture was put or removed."""
    return len(_marks(draft, kind))


def _marks(draft: Draft, kind: str) -> list[str]:
    return [mark for step, _path, mark in draft.trail if step == kind]


def _put(house: House, draft: Draft, kind: str, version: int, prepared: Prepared | None, mark: str) -> Draft:
    marks = _marks(draft, kind)
    if version < len(marks):
        raise Repeated(attachments.STEP.path, same=mark == marks[version])
    if version > len(marks) or not steps.is_open(attachments.STEP, draft.all_answers):
        raise DraftChanged
    pictures = {name: about for name, about in draft.answers.get("pictures", {}).items() if name != kind}
    if prepared:
        pictures[kind] = prepared.about
    changed = replace(draft, answers={**draft.answers, "pictures": pictures})
    with house.database.transaction():
        moved = house.move(changed, Posted(kind, draft.version, mark), attachments.STEP)
        for name in (kind, f"{kind}_white"):
            house.attachments.remove(draft.id, name)
        for name, file in (prepared.files if prepared else {}).items():
            house.attachments.put(draft.id, name, file, house.now())
        return moved


def _portrait(data: bytes) -> Prepared:
    portrait = make_portrait(data)
    return Prepared({"portrait": portrait.jpeg}, portrait.findings)


def _signature(data: bytes) -> Prepared:
    signature = make_signature(data)
    return Prepared({"signature": signature.png, "signature_white": signature.jpeg}, signature.findings)


PREPARE = {"portrait": _portrait, "signature": _signature}
