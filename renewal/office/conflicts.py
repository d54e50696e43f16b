"""冲突: several open cases on one ID number. A clerk says which is the person's, and how that was found out."""

from collections.abc import Mapping
from enum import StrEnum

from renewal.closing import shut
from renewal.domain.application import NOT_TAKEN_REASON, OPEN, Status
from renewal.domain.clock import hour_minute
from renewal.domain.errors import InvalidValue
from renewal.domain.trust import Trust
from renewal.office import claiming, identifying, judging
from renewal.office.acts import actor
from renewal.selfies import forget_selfie
from renewal.services import Services
from renewal.store.applications import Application, ApplicationChanged
from renewal.store.intake import CONFLICT_SETTLED
from renewal.store.staff import Member

NONE = "none"
"""Instead of a number: none of them is the person's."""


class Way(StrEnum):
    SELFIES = "selfies"
    COUNTER = "counter"


WAYS = {Way.SELFIES: "比对自拍照与一寸照", Way.COUNTER: "本人到窗口，核对身份证件原件"}
CHOOSE = "请选择哪一件是本人的；都不是的，选“都不是”。"
CHOOSE_WAY = "请选择是怎样认定的。"
NO_SELFIE = "选中的这一件没有自拍照可以比对，请本人带身份证件原件到窗口核对。"
SETTLED_ALREADY = "{name}在{time}已经处理了这里的冲突，您的选择没有执行。请看最新的情况。"
NO_CONFLICT = "这件申请没有冲突，不用处理。"
CLOSED = "已办结，自拍照已删除"
MINE, NOT_MINE = "认定是本人的申请：{way}", "认定不是本人的申请：{way}"


def beside(services: Services, case: Application) -> list[Application]:
    """All open cases of the ID number, the first one first; nothing when this one is over."""
    same = services.applications.of_person(case.answers["details"]["id_number"])
    found = [other for other in reversed(same) if other.status in OPEN]
    return found if case.id in {other.id for other in found} else []


def settle(
    services: Services, case: Application, seen: Mapping[str, int], mine: str, way: str, member: Member
) -> list[Application]:
    """Say that the case numbered `mine`, or NONE, of those `seen`, each at its version, is the person's. The others
    are closed, with their selfies; nobody of the applicants is told of another. What was closed cannot be taken back,
    for its applicant may have read it: whoever it belonged to applies anew. The cases that stay open.

    Raises InvalidValue, Held, MoveRefused, ApplicationChanged: then nothing of it is done."""
    said = _way(way)
    if mine != NONE and mine not in seen:
        raise InvalidValue(CHOOSE)
    with services.database.transaction():
        found = beside(services, services.applications.get(case.id))
        if {each.number: each.version for each in found} != dict(seen):
            raise ApplicationChanged(_faster(services, case))
        if not any(each.conflict for each in found):
            raise ApplicationChanged(NO_CONFLICT)
        for each in found:
            if each.number != mine:
                _close(services, each, member, said)
        stays = [_keep(services, each, member, Way(way)) for each in found if each.number == mine]
        _nobody_else(services, case, stays)
    return stays


def _way(way: str) -> str:
    if way not in set(Way):
        raise InvalidValue(CHOOSE_WAY)
    return WAYS[Way(way)]


def _close(services: Services, case: Application, member: Member, said: str) -> None:
    held = claiming.hold(services, case, case.version, member)
    by, now = actor(member), services.now()
    shut(services, held.draft_id, "not_taken")  # it may be open for a correction
    forget_selfie(services, held, by, CLOSED)
    services.applications.record(held, CONFLICT_SETTLED, by, now, NOT_MINE.format(way=said), {"conflict": False})
    services.applications.transition(held, Status.NOT_TAKEN, by, now, NOT_TAKEN_REASON)


def _keep(services: Services, case: Application, member: Member, way: Way) -> Application:
    """The person's: whoever was at the counter is verified, and a selfie that was compared not needed any more."""
    held = claiming.hold(services, case, case.version, member)
    if way is Way.SELFIES:
        _compared(services, held, member)
    elif held.trust is not Trust.VERIFIED:
        identifying.verify_person(services, held, held.version, member, WAYS[way])
    words = MINE.format(way=WAYS[way])
    services.applications.record(held, CONFLICT_SETTLED, actor(member), services.now(), words, {"conflict": False})
    return services.applications.get(held.id)


def _compared(services: Services, case: Application, member: Member) -> None:
    if services.attachments.some(case.draft_id, ["selfie"]):
        identifying.compare_selfie(services, case, case.version, member, same=True)
    elif judging.identity(services, case):
        raise InvalidValue(NO_SELFIE)


def _nobody_else(services: Services, case: Application, stays: list[Application]) -> None:
    """Asked once more: another process may have opened one until the log gave this one its turn."""
    same = services.applications.of_person(case.answers["details"]["id_number"])
    if {each.id for each in same if each.status in OPEN} != {each.id for each in stays}:
        raise ApplicationChanged(claiming.STALE)


def _faster(services: Services, case: Application) -> str:
    """Who was, if it was a clerk who settled it."""
    settled = [e for e in services.applications.events(case.id) if e.action == CONFLICT_SETTLED]
    if not settled:
        return claiming.STALE
    return SETTLED_ALREADY.format(name=settled[-1].actor.name, time=hour_minute(settled[-1].at))
