"""What each step's template is given, by step name: answers in, plain values out."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, url_for

from renewal.documents.qr import qr_svg
from renewal.domain import commitment as letter_words
from renewal.domain import notice, qualification
from renewal.domain.clock import hour_minute
from renewal.domain.trust import Trust
from renewal.journey import filling, identity
from renewal.journey.pictures import version_of
from renewal.steps import BY_NAME, STAGES, STEPS, Step, current, done, is_open
from renewal.steps.attachments import PICTURES, SELFIE_SHRINK, Picture
from renewal.steps.commitment import letter
from renewal.store.applications import Application
from renewal.store.drafts import Draft
from renewal.verification import PROVIDERS
from renewal.web import htmx
from renewal.web.context import context
from renewal.web.labels import next_steps
from renewal.web.visitor import visitor


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as it is shown: first, again with what was wrong, or again with what was typed."""

    step: Step
    draft: Draft
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    ticked: Collection[str] = ()


def step_page(shown: StepView, status: int = 200) -> Response:
    """A step's page or fragment, with a token for exactly this step of this draft at this version."""
    return htmx.page(
        f"steps/{shown.step.name}.html",
        status,
        step=shown.step,
        token=context().tokens.step(shown.draft.id, shown.step.name, shown.draft.version),
        back=_back(shown),
        steps_nav=stepper(shown.step.stage),
        draft=_banner(shown.draft),
        errors=shown.errors,
        summary=list(shown.errors.items()),
        **CONTEXTS[shown.step.name](shown),
    )


def picture_facts(about: Mapping[str, Any]) -> dict[str, Any]:
    """What a page says of a picture that was made; a signature has neither walls nor an adjustment."""
    return {
        "findings": about["findings"],
        "busy": "busy" in {finding["code"] for finding in about["findings"]},
        "size": f"{-(-about['bytes'] // 1024)} KB",
        "choice": about.get("choice", False),
        "white": about.get("white", False),
        "adjusted": any(about.get("adjustment", {}).values()),
    }


def stepper(stage: int) -> list[tuple[int, str, str]]:
    """1 申报须知 · 2 申报信息 · 3 申报告知."""
    states = {-1: "done", 0: "current", 1: "todo"}
    return [(number, title, states[(number > stage) - (number < stage)]) for number, title in STAGES]


def next_path(draft: Draft) -> str:
    """Where this draft goes on: 提交成功, or the first step that is not done. An unknown person is asked
    at 用户核验 before 用户注册."""
    if draft.submitted:
        return done.STEP.path
    step = current(draft.all_answers)
    asked = step.name == "register" and draft.history and draft.history[-1][0] == "verify"
    return BY_NAME["verify"].path if asked else step.path


def submitted_page(application: Application) -> Response:
    """提交成功 (图11)."""
    receipt = context().public_url(url_for("cases.receipt", token=context().tokens.receipt(application.id)))
    return htmx.page(
        "steps/done.html",
        step=done.STEP,
        steps_nav=stepper(done.STEP.stage),
        number=application.number,
        qr=qr_svg(receipt),
        receipt_url=receipt,
        next_steps=next_steps(application),
        resume_code=application.answers["resume"],
    )


def _back(shown: StepView) -> str:
    """The step before that can still be changed, or the item page."""
    answers, proven = shown.draft.all_answers, shown.draft.trust >= Trust.CAPTURED
    first = 1 if proven else 0  # who has proven who they are does not change it by going back
    earlier = reversed(STEPS[first : STEPS.index(shown.step)])
    return next((step.path for step in earlier if is_open(step, answers)), url_for("portal.item"))


def _banner(draft: Draft) -> dict[str, str] | None:
    """尚未提交, with the code that opens this draft elsewhere; nothing before the person is proven."""
    if "resume" not in draft.answers or draft.submitted or draft.saved_at is None:
        return None
    return {"resume_code": draft.answers["resume"], "saved_at": hour_minute(draft.saved_at)}


def verify(shown: StepView) -> dict[str, Any]:
    claim = shown.draft.answers.get("verify", {})
    asked = bool(claim) and not claim["known"] and "register" not in shown.draft.answers
    known = {} if shown.draft.answers.get("face") else claim
    return _form(shown, known) | {"unknown": asked and not (shown.errors or shown.typed)}


def register(shown: StepView) -> dict[str, Any]:
    return _form(shown, {**filling.locked(context().services, shown.draft), **shown.draft.answers.get("register", {})})


def face(shown: StepView) -> dict[str, Any]:
    left = identity.tries_left(context().services, shown.draft, visitor())
    methods = [
        {"value": name, "label": way.label, "text": way.text, "shut": way.needs_consent and not left}
        for name, way in PROVIDERS.items()
    ]
    return {
        "methods": methods,
        "tries_left": left if left < identity.SELFIE_TRIES else 0,
        "method": shown.typed.get("method") if left else "counter",
        "shrink": SELFIE_SHRINK,
        "consent": shown.typed.get("consent"),
    }


def read_notice(shown: StepView) -> dict[str, Any]:
    ticked = set(shown.ticked) | set(shown.draft.answers.get("notice", {}).get("read", ()))
    return {"clauses": notice.CLAUSES, "materials": notice.MATERIALS, "ticked": ticked}


def details(shown: StepView) -> dict[str, Any]:
    locked = filling.locked(context().services, shown.draft)
    form = _form(shown, filling.prefilled(shown.draft), locked)
    saved = shown.draft.answers.get("details")
    warning = saved and qualification.education_degree_warning(saved["education"], saved["degree"])
    return form | {"warnings": [warning] if warning else []}


def attachments(shown: StepView) -> dict[str, Any]:
    return {picture.kind: _picture(shown, picture) for picture in PICTURES}


def commitment(shown: StepView) -> dict[str, Any]:
    return {
        "commitment": letter(shown.draft.answers),
        "agree": letter_words.AGREE,
        "refuse": letter_words.REFUSE,
        "refused": shown.errors.get("refused"),
        "chosen": shown.typed.get("commitment"),
    }


def review(shown: StepView) -> dict[str, Any]:
    answers = shown.draft.answers["details"]
    rows: dict[str, list[tuple[str, str]]] = {}
    for answered in BY_NAME["details"].form.fields:
        rows.setdefault(answered.section, []).append((answered.label, answers[answered.name] or "未填写"))
    change = BY_NAME["details"].path
    way = PROVIDERS[shown.draft.answers["face"]["method"]].label
    sections = [(title, change, lines) for title, lines in rows.items()]
    sections.append(("承诺书", BY_NAME["commitment"].path, [("承诺", letter_words.AGREE), ("本人核验", way)]))
    return {"sections": sections, "employer_confirmation": context().employer_confirmation} | attachments(shown)


CONTEXTS: dict[str, Callable[[StepView], dict[str, Any]]] = {
    "verify": verify,
    "register": register,
    "face": face,
    "notice": read_notice,
    "details": details,
    "attachments": attachments,
    "commitment": commitment,
    "review": review,
}


def _form(shown: StepView, known: Mapping[str, str], locked: Mapping[str, str] | None = None) -> dict[str, Any]:
    values = {**known, **shown.typed}
    return {"entries": shown.step.form.entries(values, context().services.rules, shown.errors, locked)}


def _picture(shown: StepView, picture: Picture) -> dict[str, Any]:
    about = shown.draft.answers.get("pictures", {}).get(picture.kind)
    version = version_of(shown.draft, picture.kind)
    path = url_for("wizard.put_picture", kind=picture.kind)
    return {
        "field": picture.kind,
        "title": picture.title,
        "hint": picture.hint,
        "path": path,
        "token": context().tokens.step(shown.draft.id, picture.kind, version),
        "take": picture.take,
        "again": picture.again,
        "shrink": picture.shrink,
        # The version makes a new address: a replaced picture is fetched anew.
        "url": f"{path}?v={version}&small" if about else None,
        "other_url": f"{path}?v={version}&small&other",
        "error": shown.errors.get(picture.kind, ""),
    } | (picture_facts(about) if about else {})
