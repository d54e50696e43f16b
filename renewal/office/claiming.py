"""领办: who has a case in hand. Two clerks never decide one case; the slower one learns who was faster, and when."""

from datetime import datetime, timedelta

from renewal.domain.application import LABELS, OPEN, MoveRefused
from renewal.domain.clock import day_and_time
from renewal.domain.errors import InvalidValue
from renewal.office.acts import Action, actor
from renewal.services import Services
from renewal.store.applications import Application, ApplicationChanged
from renewal.store.staff import Member, Role

TAKE_OVER_AFTER = timedelta(days=1)
"""Since it was taken on: whoever is ill or on leave holds nobody up, and who went to lunch loses nothing."""

STALE = "这件申请刚刚有了变化，没有办理。请核对最新的内容后再操作。"
CLOSED = "申请现在的状态是“{status}”，不用再办了。"
HELD = "{name}已在{since}领办了这件申请，由{name}办理。需要您接着办的，请{name}放回，或者由管理员接手。"
NOT_YOURS = "这件申请不在您手里，没有放回。"
NOT_YET = "{name}在{since}才领办，满一天后才能接手；急的，请{name}放回，或者由管理员接手。"


class Held(InvalidValue):
    """Somebody else has the case in hand."""


def claim(services: Services, application: Application, member: Member) -> Application:
    """Take the case on. Asked twice it stays one's own. Raises Held, MoveRefused, ApplicationChanged."""
    with services.database.transaction():
        return _taken(services, services.applications.get(application.id), member)


def hold(services: Services, application: Application, version: int, member: Member) -> Application:
    """The case as it is now, in the hands of who decides it; nobody's is taken on silently. Runs inside the
    transaction that decides. Raises Held, MoveRefused, and ApplicationChanged when it is not as it was seen."""
    now = services.applications.get(application.id)
    if now.version != version:
        raise ApplicationChanged(STALE)
    return _taken(services, now, member)


def give_back(services: Services, application: Application, member: Member) -> Application:
    """放回: the case is nobody's again. Raises Held, ApplicationChanged."""
    with services.database.transaction():
        now = services.applications.get(application.id)
        if now.clerk != member.id:
            raise Held(NOT_YOURS)
        return services.applications.assign(now, None, Action.GIVE_BACK, actor(member), services.now())


def take_over(services: Services, application: Application, member: Member) -> Application:
    """接手 what another has in hand: an administrator at once, a clerk after a day or from who left.
    Raises Held, MoveRefused, ApplicationChanged."""
    with services.database.transaction():
        now = services.applications.get(application.id)
        if now.clerk in (None, member.id):
            return _taken(services, now, member)
        refusal = refusal_to_take_over(services, now, member)
        if refusal:
            raise Held(refusal)
        _only_open(now)
        said = f"原由{holder(services, now)}办理"
        return services.applications.assign(now, member.id, Action.TAKE_OVER, actor(member), services.now(), said)


def refusal_to_take_over(services: Services, application: Application, member: Member) -> str:
    """Why this member may not take it over from another; empty when they may."""
    other = services.staff.get(application.clerk or 0)
    since = held_since(services, application)
    if member.role is Role.ADMINISTRATOR or other.disabled or services.now() >= since + TAKE_OVER_AFTER:
        return ""
    return NOT_YET.format(name=other.name, since=day_and_time(since))


def holder(services: Services, application: Application) -> str:
    """The name of who has the case in hand; empty when nobody has."""
    return services.staff.get(application.clerk).name if application.clerk else ""


def held_since(services: Services, application: Application) -> datetime:
    """When the one who has it in hand took it on."""
    events = services.applications.events(application.id)
    taken = (event.at for event in reversed(events) if event.action in (Action.CLAIM, Action.TAKE_OVER))
    return next(taken, application.submitted_at)


def _taken(services: Services, application: Application, member: Member) -> Application:
    if application.clerk == member.id:
        return application
    if application.clerk is not None:
        since = day_and_time(held_since(services, application))
        raise Held(HELD.format(name=holder(services, application), since=since))
    _only_open(application)
    return services.applications.assign(application, member.id, Action.CLAIM, actor(member), services.now())


def _only_open(application: Application) -> None:
    if application.status not in OPEN:
        raise MoveRefused(CLOSED.format(status=LABELS[application.status]))
