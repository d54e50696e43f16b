"""The wizard's steps, in order. A step is one module, one entry in STEPS, one template, one test."""

from renewal.journey.steps import attachments, commitment, details, face, notice, register, review, verify
from renewal.journey.steps.step import DONE_PATH, STAGES, Answers, Change, Step, StepView
from renewal.store.drafts import Draft

STEPS: tuple[Step, ...] = (
    verify.STEP,
    register.STEP,
    face.STEP,
    notice.STEP,
    details.STEP,
    attachments.STEP,
    commitment.STEP,
    review.STEP,
)
BY_NAME = {step.name: step for step in STEPS}


def is_open(step: Step, answers: Answers) -> bool:
    """Whether all earlier steps are done, and this one is not closed."""
    if step.once and step.done(answers):
        return False
    return all(earlier.done(answers) for earlier in STEPS[: STEPS.index(step)])


def current(answers: Answers) -> Step:
    """The first step that is not done; the review when all are."""
    return next(step for step in STEPS if not step.done(answers))


def next_path(draft: Draft) -> str:
    """Where this draft goes on: 提交成功, or the first step that is not done. An unknown person is asked
    at 用户核验 before 用户注册."""
    if draft.submitted:
        return DONE_PATH
    step = current(draft.all_answers)
    asked = step is register.STEP and draft.history and draft.history[-1][0] == verify.STEP.name
    return (verify.STEP if asked else step).path


__all__ = [
    "BY_NAME",
    "DONE_PATH",
    "STAGES",
    "STEPS",
    "Answers",
    "Change",
    "Step",
    "StepView",
    "current",
    "is_open",
    "next_path",
]
