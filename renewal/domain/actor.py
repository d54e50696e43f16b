"""Who did something to a case: told by kind, so that nobody of the office passes for an applicant."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    APPLICANT = "applicant"
    STAFF = "staff"
    EMPLOYER = "employer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """`name` is what the log shows: a clerk's name, an employer's, or just 申请人."""

    kind: ActorKind
    name: str


APPLICANT = Actor(ActorKind.APPLICANT, "申请人")
SYSTEM = Actor(ActorKind.SYSTEM, "系统")
