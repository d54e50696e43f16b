"""What every verb works with: the stores, the clock, and what this office decided."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from renewal.domain.clock import china_day
from renewal.domain.policy import Policy
from renewal.forms.fields import Rules
from renewal.store.applications import Applications
from renewal.store.attachments import Attachments
from renewal.store.attempts import Attempts
from renewal.store.database import Database
from renewal.store.defects import Defects
from renewal.store.drafts import Draft, Drafts
from renewal.store.intake import Intake
from renewal.store.people import People
from renewal.store.sealed import Sealer
from renewal.store.submissions import Submissions


@dataclass(frozen=True, slots=True)
class Services:
    """Made once when the app is put together; every verb takes it first."""

    database: Database
    sealer: Sealer
    drafts: Drafts
    people: People
    attachments: Attachments
    applications: Applications
    submissions: Submissions
    defects: Defects
    intake: Intake
    attempts: Attempts
    now: Callable[[], datetime]
    policy: Policy

    @classmethod
    def over(cls, database: Database, sealer: Sealer, now: Callable[[], datetime], policy: Policy) -> "Services":
        each = (database, sealer)
        return cls(
            database,
            sealer,
            drafts=Drafts(*each),
            people=People(*each),
            attachments=Attachments(*each),
            applications=Applications(*each),
            submissions=Submissions(*each),
            defects=Defects(*each),
            intake=Intake(*each),
            attempts=Attempts(*each, now),
            now=now,
            policy=policy,
        )

    @property
    def rules(self) -> Rules:
        return Rules(china_day(self.now()), self.policy.required)

    def draft(self, draft_id: str) -> Draft:
        """The stored draft, or one that is stored nowhere yet."""
        return self.drafts.find(draft_id) or Draft(draft_id)
