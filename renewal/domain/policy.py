"""What an office may decide for itself within the rules."""

from dataclasses import dataclass

from renewal.domain.errors import InvalidValue

LEAST_KEPT = 180
"""Days that the log of a case is kept at least (等保 2.0), and with it the case."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`required` names the fields demanded beyond the manual's; the days are counted back from the expiry of
    a registration: when its renewal opens, and by when it has to be asked for. `correct_within` working days
    an applicant has for 补正: no law says how many, so that an office says it.

    Days that are kept: a draft nobody went on with since it was last saved, a picture of a profile since it was last
    shown, what a case holds since it was closed. Raises InvalidValue where they are too few."""

    required: frozenset[str] = frozenset()
    employer_confirmation: bool = True
    opens_days: int = 90
    closes_days: int = 30
    correct_within: int = 15
    keep_drafts_days: int = 90
    keep_avatars_days: int = 30
    keep_decided_days: int = 3650

    def __post_init__(self) -> None:
        if self.keep_decided_days < LEAST_KEPT:
            raise InvalidValue(f"办结的件至少保存{LEAST_KEPT}天，不能设为{self.keep_decided_days}天。")
        if min(self.keep_drafts_days, self.keep_avatars_days) < 1:
            raise InvalidValue("草稿和头像至少保存1天。")
