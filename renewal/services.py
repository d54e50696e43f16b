"""What every verb works with: the stores, the clock, and what this office decided."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from renewal.domain.actor import Actor
from renewal.domain.calendar import RETURN_WITHIN, WEEKENDS, WorkingCalendar
from renewal.domain.clock import china_day
from renewal.domain.policy import Policy
from renewal.forms.fields import Rules
from renewal.store.applications import Applications
from renewal.store.attachments import Attachments
from renewal.store.attempts import Attempts
from renewal.store.database import Database
from renewal.store.defects import Defects
from renewal.store.drafts import Draft, Drafts
from renewal.store.employer_answers import EmployerAnswers
from renewal.store.employer_links import EmployerLinks
from renewal.store.event_log import Act, EventLog
from renewal.store.face_orders import FaceOrders
from renewal.store.intake import Intake
from renewal.store.log_search import LogSearch
from renewal.store.notes import Notes
from renewal.store.people import People
from renewal.store.queue import Queue
from renewal.store.sealed import Sealer
from renewal.store.staff import StaffStore
from renewal.store.staff_sessions import StaffSessions
from renewal.store.submissions import Submissions
from renewal.verification import Provider


@dataclass(frozen=True, slots=True)
class Services:
    """Made once when the app is put together; every verb takes it first."""

    database: Database
    sealer: Sealer
    drafts: Drafts
    people: People
    attachments: Attachments
    applications: Applications
    queue: Queue
    submissions: Submissions
    defects: Defects
    notes: Notes
    intake: Intake
    attempts: Attempts
    staff: StaffStore
    sessions: StaffSessions
    event_log: EventLog
    log_search: LogSearch
    employer_links: EmployerLinks
    employer_answers: EmployerAnswers
    face_orders: FaceOrders
    now: Callable[[], datetime]
    policy: Policy
    calendar: WorkingCalendar
    face: Provider | None
    """Who checks faces for this office, if anybody does."""

    @classmethod
    def over(
        cls,
        database: Database,
        sealer: Sealer,
        now: Callable[[], datetime],
        policy: Policy,
        calendar: WorkingCalendar = WEEKENDS,
        face: Provider | None = None,
    ) -> "Services":
        each = (database, sealer)
        return cls(
            database,
            sealer,
            drafts=Drafts(*each),
            people=People(*each),
            attachments=Attachments(*each),
            applications=Applications(*each),
            queue=Queue(*each, now),
            submissions=Submissions(*each),
            defects=Defects(*each),
            notes=Notes(*each),
            intake=Intake(*each),
            attempts=Attempts(*each, now),
            staff=StaffStore(*each),
            sessions=StaffSessions(*each),
            event_log=EventLog(*each),
            log_search=LogSearch(*each),
            employer_links=EmployerLinks(*each),
            employer_answers=EmployerAnswers(*each),
            face_orders=FaceOrders(*each),
            now=now,
            policy=policy,
            calendar=calendar,
            face=face,
        )

    @property
    def rules(self) -> Rules:
        return Rules(china_day(self.now()), self.policy.required)

    def log(self, actor: Actor, action: str, subject: str, reason: str = "") -> None:
        """Log what was done beside a case's moves: an account changed, personal data of the case `subject` read.
        Raises LogBroken."""
        self.event_log.act(Act(actor, action, self.now(), subject, reason))

    def within(self, working_days: int) -> date:
        """The last day of a period of so many working days that begins now."""
        return self.calendar.add(china_day(self.now()), working_days)

    @property
    def return_by(self) -> date:
        """Until when a case that reaches the office now is returned with all its defects, or counts as accepted."""
        return self.within(RETURN_WITHIN)

    @property
    def calendar_notice(self) -> str | None:
        """What the holiday file lacks today, said to the office."""
        return self.calendar.notice(china_day(self.now()))

    def draft(self, draft_id: str) -> Draft:
        """The stored draft, or one that is stored nowhere yet."""
        return self.drafts.find(draft_id) or Draft(draft_id)
