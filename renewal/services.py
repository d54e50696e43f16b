"""What every verb works with: the stores, the clock, and what this office decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from renewal.documents.fonts import Fonts
from renewal.domain.actor import Actor
from renewal.domain.calendar import RETURN_WITHIN, WEEKENDS, WorkingCalendar
from renewal.domain.clock import china_day
from renewal.domain.decided import Decided, holidays_of
from renewal.domain.notice import Clause
from renewal.domain.office import Office
from renewal.domain.policy import Policy
from renewal.forms.fields import Rules
from renewal.in_force import InForce
from renewal.sms.provider import Provider as Sender
from renewal.store.abandoned import Abandoned
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
from renewal.store.figures import Figures
from renewal.store.finished import Finished
from renewal.store.intake import Intake
from renewal.store.key_check import KeyCheck
from renewal.store.leases import Leases
from renewal.store.log_search import LogSearch
from renewal.store.notes import Notes
from renewal.store.outbox import Outbox
from renewal.store.people import People
from renewal.store.phones import Phones
from renewal.store.queue import Queue
from renewal.store.roster import Roster
from renewal.store.roster_imports import RosterImports
from renewal.store.roster_rows import RosterRows
from renewal.store.sealed import Sealer
from renewal.store.sent_messages import SentMessages
from renewal.store.setting_versions import SettingVersions
from renewal.store.staff import StaffStore
from renewal.store.staff_sessions import StaffSessions
from renewal.store.step_counts import StepCounts
from renewal.store.submissions import Submissions
from renewal.store.volume import Volume
from renewal.verification import Provider

NAMELESS = Office()


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
    key_check: KeyCheck
    log_search: LogSearch
    step_counts: StepCounts
    figures: Figures
    employer_links: EmployerLinks
    employer_answers: EmployerAnswers
    face_orders: FaceOrders
    leases: Leases
    abandoned: Abandoned
    finished: Finished
    phones: Phones
    outbox: Outbox
    sent_messages: SentMessages
    roster: Roster
    roster_imports: RosterImports
    roster_rows: RosterRows
    now: Callable[[], datetime]
    setting_versions: SettingVersions
    in_force: InForce
    fonts: Fonts
    volume: Volume | None = None
    """Where it all lies, for who backs it up; None over a database alone."""
    sms: Sender | None = None
    """Who sends messages; None: nobody does, and nothing is said of them."""
    face: Provider | None = None
    """Who checks faces for this office, if anybody does."""

    @classmethod
    def over(
        cls,
        database: Database,
        sealer: Sealer,
        now: Callable[[], datetime],
        policy: Policy,
        calendar: WorkingCalendar = WEEKENDS,
        office: Office = NAMELESS,
        given: frozenset[str] = frozenset(),
        fonts: Fonts = Fonts(),  # noqa: B008  # the machine's: opened with the first document, then shared
        volume: Volume | None = None,
        sms: Sender | None = None,
        face: Provider | None = None,
    ) -> "Services":
        """Office, policy and calendar are those before anything is saved; `given` names the variables and files that
        nothing saved stands above."""
        each = (database, sealer)
        versions = SettingVersions(*each)
        base = Decided(office, policy, holidays=holidays_of(calendar), every_year=calendar.every_year)
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
            key_check=KeyCheck(*each),
            log_search=LogSearch(*each),
            step_counts=StepCounts(*each),
            figures=Figures(*each),
            employer_links=EmployerLinks(*each),
            employer_answers=EmployerAnswers(*each),
            face_orders=FaceOrders(*each),
            leases=Leases(*each),
            abandoned=Abandoned(*each),
            finished=Finished(*each),
            phones=Phones(*each),
            outbox=Outbox(*each),
            sent_messages=SentMessages(*each),
            roster=Roster(*each),
            roster_imports=RosterImports(*each),
            roster_rows=RosterRows(*each),
            now=now,
            setting_versions=versions,
            in_force=InForce(versions, base, given),
            fonts=fonts,
            volume=volume,
            sms=sms,
            face=face,
        )

    @property
    def policy(self) -> Policy:
        return self.in_force.now().policy

    @property
    def calendar(self) -> WorkingCalendar:
        return self.in_force.now().calendar

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Of the notice: shown, and each to be ticked."""
        return self.in_force.now().clauses

    @property
    def reasons(self) -> Mapping[str, tuple[str, ...]]:
        """Ready-made ones for returning, by field."""
        return self.in_force.now().reasons

    @property
    def office(self) -> Office:
        """For a page, though it be one that tells of the database's trouble."""
        return self.in_force.last().office

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
        """Which year's holidays are missing today, said to the office."""
        return self.in_force.last().calendar.notice(china_day(self.now()))

    def draft(self, draft_id: str) -> Draft:
        """The stored draft, or one that is stored nowhere yet."""
        return self.drafts.find(draft_id) or Draft(draft_id)
