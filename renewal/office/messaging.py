"""短信: what became of the messages, and what the office does about those that did not arrive."""

from collections.abc import Collection

from renewal.domain.errors import InvalidValue
from renewal.domain.sms import LABELS
from renewal.office.acts import Action, actor
from renewal.services import Services
from renewal.store.sent_messages import Told
from renewal.store.staff import Member

NOTHING = "这条短信已经发出或者不再需要发，没有重发。"


def again(services: Services, told: Told, member: Member) -> None:
    """重发 one that failed. Raises InvalidValue when it did not, or somebody was faster."""
    _act(services, told, member, Action.SEND_AGAIN)


def drop(services: Services, told: Told, member: Member) -> None:
    """不再发 one that failed: who has to know is told otherwise. Raises InvalidValue as above."""
    _act(services, told, member, Action.DROP_MESSAGE)


def all_again(services: Services, member: Member) -> int:
    """重发 all that failed, as after the provider was out of order; how many."""
    ids = services.sent_messages.failed_ids()
    with services.database.transaction():
        number = services.sent_messages.again(ids, services.now())
        if number:
            services.log(actor(member), Action.SEND_AGAIN, "短信", f"全部重发，{number}条")
    return number


def _act(services: Services, told: Told, member: Member, action: Action) -> None:
    verb = services.sent_messages.again if action is Action.SEND_AGAIN else services.sent_messages.drop
    ids: Collection[int] = [told.id]
    with services.database.transaction():
        if not verb(ids, services.now()):
            raise InvalidValue(NOTHING)
        services.log(actor(member), action, told.number or "短信", LABELS[told.kind])
