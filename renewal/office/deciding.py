"""受理、退回补正、准予、不予: each once, by who has the case in hand, on what they saw."""

from collections.abc import Mapping
from datetime import date

from renewal.domain import decision
from renewal.domain.application import Status
from renewal.domain.calendar import DECIDE_WITHIN
from renewal.domain.errors import InvalidValue
from renewal.domain.text import free_text
from renewal.office import claiming, identifying, judging
from renewal.office.acts import actor
from renewal.office.returning import return_for_correction
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.staff import Member

WHY_WITHOUT = "单位还没有确认。要先受理的，请写明依据，如“已收到单位盖章的书面确认”。"


class Hindered(InvalidValue):
    """Something has to be done before: the sentence says what."""


def accept(services: Services, case: Application, version: int, member: Member, reason: str = "") -> Application:
    """受理; the decision is due in ten working days. Who accepts has the selfie beside the photo and says with it that
    they are the same person. Where the employer has not confirmed, `reason` says on what ground. Raises Held,
    Hindered, InvalidValue, MoveRefused, ApplicationChanged."""
    due = services.within(DECIDE_WITHIN)
    with services.database.transaction():
        if judging.waits_for_comparison(services, case):
            identifying.compare_selfie(services, case, version, member, same=True)
        return _decide(services, case, version, member, Status.ACCEPTED, _ground(reason), due)


def approve(services: Services, case: Application, version: int, member: Member, reason: str = "") -> Application:
    """准予延续注册. Raises Held, Hindered, InvalidValue, MoveRefused, ApplicationChanged."""
    return _decide(services, case, version, member, Status.APPROVED, _ground(reason))


def decline(services: Services, case: Application, version: int, member: Member, reason: str) -> Application:
    """不予延续注册, with its reason and what the person may do about it. Raises Held, InvalidValue, MoveRefused,
    ApplicationChanged."""
    return _decide(services, case, version, member, Status.DECLINED, decision.refusal(reason))


def give_for_correction(
    services: Services, case: Application, version: int, member: Member, defects: Mapping[str, str]
) -> Application:
    """退回补正 by who has it in hand. Raises Held, DefectsRefused, MoveRefused, ApplicationChanged."""
    with services.database.transaction():
        held = claiming.hold(services, case, version, member)
        return return_for_correction(services, held, version, actor(member), defects)


def _decide(
    services: Services,
    case: Application,
    version: int,
    member: Member,
    target: Status,
    reason: str,
    deadline: date | None = None,
) -> Application:
    with services.database.transaction():
        held = claiming.hold(services, case, version, member)
        moved = services.applications.transition(held, target, actor(member), services.now(), reason, deadline)
        if target is not Status.DECLINED:
            _nothing_hinders(services, held)
        if target is Status.ACCEPTED and not reason and judging.lacks_confirmation(services, held):
            raise Hindered(WHY_WITHOUT)
    return moved


def _nothing_hinders(services: Services, held: Application) -> None:
    """After the table of moves has spoken: whoever may not move it at all need not hear what is missing. Raising
    undoes the move."""
    found = judging.hindrances(services, held)
    if found:
        raise Hindered("".join(found))


def _ground(reason: str) -> str:
    return free_text(reason, decision.LONGEST) if reason.strip() else ""
