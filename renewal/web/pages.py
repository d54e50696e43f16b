"""The pages of the journey: a step with its token, and the page after the submission."""

from collections.abc import Collection, Mapping

from flask import Response, make_response, render_template, url_for

from renewal.documents.qr import qr_svg
from renewal.domain.clock import hour_minute
from renewal.domain.trust import Trust
from renewal.journey import correcting
from renewal.journey.phone import is_reminded
from renewal.journey.steps import DONE_PATH, STAGES, STEPS, Step, StepView, is_open
from renewal.store.applications import Application
from renewal.store.drafts import Draft
from renewal.web import htmx, messages
from renewal.web.context import context
from renewal.web.labels import receipt_rows
from renewal.web.outlook import to_come
from renewal.web.sharing import share
from renewal.web.summary import summary
from renewal.web.visitor import visitor


def step_page(
    step: Step,
    draft: Draft,
    errors: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
    ticked: Collection[str] = (),
    status: int = 200,
) -> Response:
    """A step's page or fragment, with a token for exactly this step of this draft at this version."""
    errors = errors or {}
    view = StepView(context().services, step, draft, visitor(), errors, typed or {}, ticked)
    return htmx.page(
        f"steps/{step.name}.html",
        status,
        step=step,
        token=context().tokens.step(draft.id, step.name, draft.version),
        back=_back(step, draft),
        steps_nav=stepper(step.stage),
        draft=_banner(draft),
        errors=errors,
        summary=summary(errors, step.things),
        cards=step.parts,
        part=messages.card(),
        **step.show(view),
    )


def picture_card(step: Step, draft: Draft, kind: str) -> Response:
    """One of a step's pictures, with the token for going on. The others stay as they are shown: their forms hold."""
    view = StepView(context().services, step, draft, visitor(), {}, {})
    card = render_template(
        "_card.html",
        step=step,
        token=context().tokens.step(draft.id, step.name, draft.version),
        draft=_banner(draft),
        file=step.show(view)[kind],
    )
    return make_response(card, {"HX-Retarget": f"#{kind}"})


def stepper(stage: int) -> list[tuple[int, str, str]]:
    """1 申报须知 · 2 申报信息 · 3 申报告知."""
    states = {-1: "done", 0: "current", 1: "todo"}
    return [(number, title, states[(number > stage) - (number < stage)]) for number, title in STAGES]


def submitted_page(application: Application) -> Response:
    """提交成功 (图11)."""
    receipt = context().public_url(url_for("cases.receipt", token=context().tokens.receipt(application.id)))
    return htmx.page(
        "steps/done.html",
        step={"path": DONE_PATH, "title": "提交成功"},
        steps_nav=stepper(STAGES[-1][0]),
        number=application.number,
        qr=qr_svg(receipt),
        receipt_url=receipt,
        rows=receipt_rows(application),
        to_come=to_come(application),
        resume_code=application.answers["resume"],
        employer=share(application),
        reminded=is_reminded(context().services, application),
    )


def _back(step: Step, draft: Draft) -> str:
    """The step before that can still be changed, or the item page."""
    first = 1 if draft.trust >= Trust.CAPTURED else 0  # who has proven who they are does not change it by going back
    earlier = reversed(STEPS[first : STEPS.index(step)])
    open_one = next((step for step in earlier if is_open(step, draft.all_answers)), None)
    return open_one.path if open_one else url_for("portal.item")


def _banner(draft: Draft) -> dict[str, str] | None:
    """尚未提交, with the code that opens this draft elsewhere; nothing before the person is proven."""
    if "resume" not in draft.answers or draft.submitted or draft.saved_at is None:
        return None
    what = "补正尚未提交" if correcting.reasons(draft.answers) else "尚未提交"
    return {"what": what, "resume_code": draft.answers["resume"], "saved_at": hour_minute(draft.saved_at)}
