"""What an office may decide for itself within the rules."""

from dataclasses import dataclass

WARN, REFUSE = "warn", "refuse"


@dataclass(frozen=True, slots=True)
class Policy:
    """`required` names the fields demanded beyond the manual's; the days are counted back from the expiry of
    a registration: when its renewal opens, and by when it has to be asked for; `outside_window` says whether who
    comes earlier or later is warned or refused. `correct_within` working days an applicant has for 补正: no law says
    how many, so that an office says it. What nobody needs any more is kept for so many days: drafts since they were
    last saved, avatars since they were last shown, cases since they were closed."""

    required: frozenset[str] = frozenset()
    employer_confirmation: bool = True
    opens_days: int = 90
    closes_days: int = 30
    outside_window: str = WARN
    correct_within: int = 15
    keep_drafts_days: int = 90
    keep_avatars_days: int = 30
    keep_decided_days: int = 3650

    @property
    def refuses_outside_window(self) -> bool:
        return self.outside_window == REFUSE
