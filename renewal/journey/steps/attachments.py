"""附件 (图9-2): the one-inch photo and the signature, with a form each, and 下一步 when both are there."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from renewal.domain.trust import Trust
from renewal.forms.pictures import PICTURES, Picture
from renewal.images import apart
from renewal.images.errors import ImageRejected
from renewal.journey import correcting, pictures
from renewal.journey.form_input import FormInput, Invalid
from renewal.journey.steps.step import Answers, Change, Step, StepView
from renewal.services import Services
from renewal.store.drafts import Draft

CLOSED = "{title}不在这次补正的范围内，不能更换，仍用原来提交的"


def _done(answers: Answers) -> bool:
    return all(picture.kind in answers.get("pictures", {}) for picture in PICTURES)


def _show(view: StepView) -> dict[str, Any]:
    apart.wake()
    return {picture.kind: _picture(view, picture) for picture in PICTURES}


def _take(services: Services, draft: Draft, sent: FormInput) -> Change | Draft:
    """Pictures are worked on before the transaction that keeps them."""
    if not sent.part:
        return _go_on(draft)
    if sent.part in correcting.closed(draft.answers):
        raise Invalid({sent.part: CLOSED.format(title=pictures.TITLES[sent.part])})
    try:
        prepared = pictures.prepare(services, draft, sent)
    except ImageRejected as rejected:
        raise Invalid({sent.part: str(rejected)}) from rejected

    def changed(stored: Draft) -> Draft:
        kept = {kind: about for kind, about in stored.answers.get("pictures", {}).items() if kind != sent.part}
        if prepared:
            kept[sent.part] = prepared.about
        return replace(stored, answers={**stored.answers, "pictures": kept})

    files = prepared.files if prepared else {}
    return Change(
        changed, lambda stored: pictures.keep(services, stored, sent.part, files), leads_to=f"{STEP.path}#{sent.part}"
    )


def _go_on(draft: Draft) -> Draft:
    kept = draft.answers.get("pictures", {})
    missing = {picture.kind: f"请上传{picture.title}" for picture in PICTURES if picture.kind not in kept}
    if missing:
        raise Invalid(missing)
    return draft


def _picture(view: StepView, picture: Picture) -> dict[str, Any]:
    about = view.draft.answers.get("pictures", {}).get(picture.kind)
    path = f"{STEP.path}/{picture.kind}"
    version = changed_at(view.draft, picture.kind)
    address = f"{path}?small={view.draft.id[:4]}{version}"
    asked = correcting.reasons(view.draft.answers).get(picture.kind, "")
    return {
        "field": picture.kind,
        "title": picture.title,
        "hint": picture.hint,
        "path": path,
        "take": picture.take,
        "again": picture.again,
        "shrink": picture.shrink,
        # A replaced picture has another address, and so has another person's on this phone: a browser that still holds
        # the one it showed fetches the new one.
        "url": address if about else None,
        "removed": version and not about,
        "other_url": f"{address}&other",
        "asked": asked,
        "returned_url": address if asked and not about else None,
        "closed": picture.kind in correcting.closed(view.draft.answers),
        "error": view.errors.get(picture.kind, ""),
    } | (facts(about) if about else {})


def facts(about: Mapping[str, Any]) -> dict[str, Any]:
    """What a page says of a picture that was made; a signature has neither backgrounds nor an adjustment."""
    return {
        "findings": about["findings"],
        "busy": "busy" in {finding["code"] for finding in about["findings"]},
        "choice": about.get("choice", False),
        "white": about.get("white", False),
        "adjusted": any(about.get("adjustment", {}).values()),
    }


def changed_at(draft: Draft, kind: str) -> int:
    """The version that the last change of this picture made; 0 before the first, and of one long ago."""
    changes = (version for version, (form, *_) in enumerate(draft.history, draft.known_from + 1) if form == kind)
    return max(changes, default=0)


PARTS = tuple(picture.kind for picture in PICTURES)
STEP = Step("attachments", "附件", 2, Trust.CAPTURED, _done, _show, _take, parts=PARTS, names=pictures.TITLES)
