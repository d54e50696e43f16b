"""Several clean cases at once: each by itself, so that one that is not leaves the others done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from renewal.domain.application import Status, move
from renewal.domain.errors import InvalidValue
from renewal.domain.text import case_seen
from renewal.office import deciding, judging
from renewal.office.deciding import Hindered
from renewal.services import Services
from renewal.store.applications import Application, ApplicationChanged
from renewal.store.staff import Member

MOST = 100
"""As many as a page of the list shows, and as a clerk answers for at once."""
TOO_MANY = f"一次最多办{MOST}件，请分几次。"
NONE = "请先勾选要办的件。"
UNKNOWN_MOVE = "成批只能受理或准予，请重新选择。"
UNKNOWN_CASE = "没有这件申请。"

Verb = Callable[[Services, Application, int, Member], Application]
VERBS: dict[str, tuple[Status, Verb]] = {
    "accept": (Status.ACCEPTED, deciding.accept),
    "approve": (Status.APPROVED, deciding.approve),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`why` it was not done; empty when it was."""

    number: str
    why: str = ""


def decide(services: Services, member: Member, name: str, chosen: Sequence[str]) -> list[Outcome]:
    """Accept or approve each of `chosen`, which are NUMBER:VERSION as the list showed them. Raises InvalidValue."""
    if name not in VERBS:
        raise InvalidValue(UNKNOWN_MOVE)
    if not chosen:
        raise InvalidValue(NONE)
    if len(chosen) > MOST:
        raise InvalidValue(TOO_MANY)
    target, verb = VERBS[name]
    return [_one(services, member, target, verb, *case_seen(each)) for each in dict.fromkeys(chosen)]


def _one(services: Services, member: Member, target: Status, verb: Verb, number: str, version: int) -> Outcome:
    case = services.applications.by_number(number)
    if case is None:
        return Outcome(number, UNKNOWN_CASE)
    try:
        move(case.status, target)
        found = judging.doubts(services, case)
        if found:
            raise Hindered("".join(found))
        verb(services, case, version, member)
    except (InvalidValue, ApplicationChanged) as refused:
        return Outcome(number, str(refused))
    return Outcome(number)
