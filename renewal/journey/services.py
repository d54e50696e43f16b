"""What every verb works with: the stores, the clock, what this office demands; and how a draft moves on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from renewal import steps
from renewal.domain.clock import china_day
from renewal.journey.answers import FormInput, Repeated
from renewal.steps import Step
from renewal.steps.fields import Rules
from renewal.store.applications import Applications
from renewal.store.attachments import Attachments
from renewal.store.database import Database
from renewal.store.drafts import Draft, DraftChanged, Drafts
from renewal.store.intake import Intake
from renewal.store.people import People
from renewal.store.sealed import Sealer
from renewal.store.submissions import Submissions


@dataclass(frozen=True, slots=True)
class Services:
    """`required` names the fields this office demands beyond the manual's."""

    database: Database
    sealer: Sealer
    drafts: Drafts
    people: People
    attachments: Attachments
    applications: Applications
    submissions: Submissions
    intake: Intake
    now: Callable[[], datetime]
    required: frozenset[str]

    @classmethod
    def over(
        cls, database: Database, sealer: Sealer, now: Callable[[], datetime], required: frozenset[str]
    ) -> "Services":
        each = (database, sealer)
        return cls(
            database,
            sealer,
            drafts=Drafts(*each),
            people=People(*each),
            attachments=Attachments(*each),
            applications=Applications(*each),
            submissions=Submissions(*each),
            intake=Intake(*each),
            now=now,
            required=required,
        )

    @property
    def rules(self) -> Rules:
        return Rules(china_day(self.now()), self.required)

    def draft(self, draft_id: str) -> Draft:
        """The stored draft, or one that is stored nowhere yet."""
        return self.drafts.find(draft_id) or Draft(draft_id)

    def check(self, draft: Draft, form_input: FormInput) -> None:
        """Whether this form may be taken now. Raises Repeated, or DraftChanged for anything stale."""
        if form_input.version < draft.version:
            step, path, fingerprint = draft.history[form_input.version]
            if step == form_input.step:
                raise Repeated(path, fingerprint == form_input.fingerprint)
        taken_on = form_input.version == draft.version and not draft.submitted
        if not taken_on or not steps.is_open(steps.BY_NAME[form_input.step], draft.all_answers):
            raise DraftChanged

    def save(self, draft: Draft, form_input: FormInput, to: Step | None = None) -> Draft:
        """Store the changed draft, in a transaction of its own; see `move`."""
        with self.database.transaction():
            return self.advance(draft, form_input, to)

    def advance(self, draft: Draft, form_input: FormInput, to: Step | None = None) -> Draft:
        """Store the changed draft as the next version, and on its history what `form_input` led to: `to`, or the
        first step that is not done. Runs inside a transaction. Raises DraftChanged."""
        path = (to or steps.current(draft.all_answers)).path
        history = (*draft.history, (form_input.step, path, form_input.fingerprint))
        return self.drafts.put(replace(draft, history=history), self.now())
