"""申报须知 (图8): a tick per clause."""

from renewal.domain.notice import CLAUSES
from renewal.domain.trust import Trust
from renewal.steps.step import Answers, Step

ALL = frozenset(clause.id for clause in CLAUSES)


def _done(answers: Answers) -> bool:
    return "notice" in answers and set(answers["notice"]["read"]) >= ALL


STEP = Step("notice", "申报须知", 1, Trust.CAPTURED, _done)
