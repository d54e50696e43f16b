"""What every step of the wizard says of itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from renewal.domain.trust import Trust
from renewal.steps.fields import Form

Answers = Mapping[str, Any]

NO_FORM = Form(())

STAGES = ((1, "申报须知"), (2, "申报信息"), (3, "申报告知"))
"""The stepper of the manual."""


@dataclass(frozen=True, slots=True)
class Step:
    """`done` looks at all answers of the draft. A step taken `once` is shut when it is done."""

    name: str
    title: str
    stage: int
    needs: Trust
    done: Callable[[Answers], bool]
    form: Form = NO_FORM
    once: bool = False

    @property
    def path(self) -> str:
        return f"/renewal/{self.name}"
