"""人脸识别 (图7): one of the ways of `verification`, each with the consent it needs."""

from renewal.domain.trust import Trust
from renewal.steps.step import Answers, Step


def _done(answers: Answers) -> bool:
    return "face" in answers


STEP = Step("face", "人脸识别", 1, Trust.CLAIMED, _done, once=True)
