"""核对: every answer once more, then the submission. Not in the manual; GOV.UK's “check your answers”."""

from renewal.domain.trust import Trust
from renewal.steps.step import Answers, Step


def _done(_answers: Answers) -> bool:
    return False  # what is submitted is an application, and no draft any more


STEP = Step("review", "核对信息", 2, Trust.CAPTURED, _done)
