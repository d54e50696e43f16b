"""The wizard's steps, in order. A step is one module, one entry in STEPS, one test."""

from renewal.steps import attachments, commitment, details, face, notice, register, review, verify
from renewal.steps.step import STAGES, Answers, Step

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
    """Whether all earlier steps are done, and this one is not shut."""
    if step.once and step.done(answers):
        return False
    return all(earlier.done(answers) for earlier in STEPS[: STEPS.index(step)])


def current(answers: Answers) -> Step:
    """The first step that is not done; the review when all are."""
    return next(step for step in STEPS if not step.done(answers))


__all__ = ["BY_NAME", "STAGES", "STEPS", "Answers", "Step", "current", "is_open"]
