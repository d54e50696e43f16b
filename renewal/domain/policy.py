"""What an office may decide for itself within the rules."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """`required` names the fields demanded beyond the manual's; the days are counted back from the expiry of
    a registration: when its renewal opens, and by when it has to be asked for. `correct_within` working days
    an applicant has for 补正: no law says how many, so that an office says it. Who
    applies too early or too late is warned, or with `refuse_outside_window` refused."""

    required: frozenset[str] = frozenset()
    employer_confirmation: bool = True
    opens_days: int = 90
    closes_days: int = 30
    correct_within: int = 15
    refuse_outside_window: bool = False
