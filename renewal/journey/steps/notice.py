"""申报须知 (图8): a tick per clause."""

from dataclasses import replace
from typing import Any

from renewal.domain.notice import CLAUSES, MATERIALS
from renewal.domain.trust import Trust
from renewal.journey.form_input import FormInput, Invalid
from renewal.journey.steps.step import Answers, Change, Step, StepView
from renewal.services import Services
from renewal.store.drafts import Draft

ALL = frozenset(clause.id for clause in CLAUSES)

"""Those that every office asks for. One that an office adds is asked of who comes to this step from then on; nobody
is led back to it."""


def asked_by(services: Services) -> frozenset[str]:
    """All that this office wants ticked now."""
    return frozenset(clause.id for clause in services.clauses)


def _done(answers: Answers) -> bool:
    return "notice" in answers and set(answers["notice"]["read"]) >= ALL


def _show(view: StepView) -> dict[str, Any]:
    ticked = set(view.ticked) | set(view.draft.answers.get("notice", {}).get("read", ()))
    return {"clauses": view.services.clauses, "materials": MATERIALS, "ticked": ticked}


def _take(services: Services, _draft: Draft, sent: FormInput) -> Change:
    asked = asked_by(services)
    if not set(sent.lists.get("read", ())) >= asked:
        raise Invalid({"read": "请逐条阅读注册须知并全部勾选，也可以点“全选”"})
    answer = {"read": sorted(asked), "at": services.now().isoformat()}
    return Change(lambda stored: replace(stored, answers={**stored.answers, "notice": answer}))


STEP = Step("notice", "申报须知", 1, Trust.CAPTURED, _done, _show, _take)
