"""撤销: a slip of the hand is taken back, by an event of its own."""

from renewal.domain.application import LABELS as STATUSES
from renewal.domain.application import MoveRefused, Status
from renewal.domain.undo import UNDOABLE, in_time, undo
from renewal.forms.correction import LABELS
from renewal.office import claiming
from renewal.office.acts import actor
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.event_log import MOVE, UNDO, Event
from renewal.store.staff import Member

BEGUN = "申请人已经开始补正，退回不能撤销了。"


def take_back(services: Services, application: Application, version: int, member: Member) -> Application:
    """The case as it was before its last move. Raises Held, MoveRefused, ApplicationChanged."""
    with services.database.transaction():
        held = claiming.hold(services, application, version, member)
        before = refuse_or_find(services, held)
        said = f"撤销“{STATUSES[held.status]}”"
        if held.status is Status.RETURNED:
            said += f"，原内容：{_defects(services, held)}"
            services.defects.remove(held.id, held.submissions - 1)
        return services.applications.undo(held, before, actor(member), services.now(), said)


def refuse_or_find(services: Services, application: Application) -> Event:
    """The move that stood before the last one, which is still to be taken back. Raises MoveRefused."""
    moves = [event for event in services.applications.events(application.id) if event.action in (MOVE, UNDO)]
    before, last = moves[-2:] if len(moves) > 1 else (moves[0], moves[0])
    undo(application.status, before.target)
    in_time(last.at, services.now())
    if application.status is Status.RETURNED and not services.draft(application.draft_id).submitted:
        raise MoveRefused(BEGUN)
    return before


def may_take_back(services: Services, application: Application) -> bool:
    if application.status not in UNDOABLE:
        return False
    try:
        refuse_or_find(services, application)
    except MoveRefused:
        return False
    return True


def _defects(services: Services, application: Application) -> str:
    """All that was sent: its rows go, the log keeps it."""
    found = services.defects.of(application.id).get(application.submissions - 1, [])
    return "；".join(f"{LABELS[defect.field]}：{defect.reason}" for defect in found)
