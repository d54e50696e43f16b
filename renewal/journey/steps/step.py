"""What every step of the wizard says of itself: when it is done, what it shows, what taking its form changes."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from renewal.attempts import Visitor
from renewal.domain.trust import Trust
from renewal.forms.fields import Form
from renewal.journey import correcting
from renewal.journey.form_input import NOBODY, FormInput
from renewal.services import Services
from renewal.store.drafts import Draft

Answers = Mapping[str, Any]

NO_FORM = Form(())

STAGES = ((1, "申报须知"), (2, "申报信息"), (3, "申报告知"))
"""The stepper of the manual."""

DONE_PATH = "/renewal/done"
"""提交成功 (图11): the wizard's last page, where nothing is posted."""


def _nothing(_draft: Draft) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Change:
    """What a good form does. `of` makes the changed draft of the stored one; `beside` writes what goes with it
    in the same transaction, given the draft as stored. It leads to the first step that is not done, or to
    `leads_to`, with `message` on top. `confirms`: what was typed meanwhile waits no longer."""

    of: Callable[[Draft], Draft]
    beside: Callable[[Draft], object] = _nothing
    leads_to: str = ""
    message: str = ""
    confirms: bool = False


@dataclass(frozen=True, slots=True)
class StepView:
    """A step as it is shown: first, again with what was wrong, or again with what was typed."""

    services: Services
    step: "Step"
    draft: Draft
    visitor: Visitor = NOBODY
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    ticked: Collection[str] = ()

    def entries(self, known: Mapping[str, str], locked: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The step's fields for its template: what is known of each, and over it what was typed."""
        values, asked = {**known, **self.typed}, correcting.reasons(self.draft.answers)
        return {"entries": self.step.form.entries(values, self.services.rules, self.errors, locked, asked)}


@dataclass(frozen=True, slots=True, eq=False)  # one of each: to look for one in STEPS compares no fields
class Step:
    """`done` looks at all answers of the draft. `show` gives the template its values. `take` raises Invalid or
    says what changes; a Draft when nothing is written and the person goes on with that one. A step taken
    `once` is closed when it is done. `parts` are pictures with a form each, taken one beside the other.
    `names` are what people call things that may be wrong and are no field of the form."""

    name: str
    title: str
    stage: int
    needs: Trust
    done: Callable[[Answers], bool]
    show: Callable[[StepView], dict[str, Any]]
    take: Callable[[Services, Draft, FormInput], Change | Draft]
    form: Form = NO_FORM
    once: bool = False
    parts: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def things(self) -> Mapping[str, str]:
        return {**self.form.labels, **self.names}

    @property
    def path(self) -> str:
        return f"/renewal/{self.name}"
