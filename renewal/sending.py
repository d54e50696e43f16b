"""Messages on their way out: by one sender at a time, at night only codes, and no more than one a day of a kind."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from renewal.domain import sms
from renewal.domain.sms import Kind
from renewal.services import Services
from renewal.sms.provider import Text
from renewal.store.outbox import Sending
from renewal.wire.trouble import ProviderTrouble, Trouble, said

NO_TEMPLATE = "没有设置这类短信的模板，不发送"
THE_PROVIDERS = {Trouble.SILENT, Trouble.BUSY, Trouble.ODD, Trouble.CLOCK, Trouble.CREDENTIALS, Trouble.ACCOUNT}
"""What the next message would meet, too."""


@dataclass(frozen=True, slots=True)
class Outcome:
    what: str
    go_on: bool = True


def is_wanted(services: Services) -> bool:
    """Whether there is anything to send now; asks without writing."""
    return services.sms is not None and services.outbox.is_due(services.now(), _only(services))


def deliver(services: Services) -> Mapping[str, int]:
    """Send all that is due, one after the other, until the provider cannot be used; how many, by what became of them.
    Broken off anywhere, what was not known to be sent is sent again, under the same key. Raises Unavailable."""
    done: Counter[str] = Counter(given_up=services.outbox.give_up(services.now()))
    while services.sms and (sending := services.outbox.take(services.now(), _only(services))):
        outcome = _deliver(services, sending)
        done[outcome.what] += 1
        if not outcome.go_on:
            break
    return done


def _deliver(services: Services, sending: Sending) -> Outcome:
    assert services.sms  # noqa: S101  # asked by who calls
    if sending.kind not in services.sms.account.templates:
        services.outbox.dropped(sending, NO_TEMPLATE)
        return Outcome("dropped")
    now = services.now()
    if sending.kind is not Kind.CODE and services.outbox.sent_since(sending, sms.day_began(now)):
        services.outbox.postpone(sending, sms.next_morning(now))
        return Outcome("postponed")
    try:
        reference = services.sms.send(Text(sending.kind, sending.phone, sending.parameters, sending.key))
    except ProviderTrouble as trouble:
        return _not_sent(services, sending, trouble.trouble, said(services.sms.label, str(trouble)))
    services.outbox.sent(sending, reference, services.now())
    return Outcome("sent")


def _not_sent(services: Services, sending: Sending, trouble: Trouble, why: str) -> Outcome:
    """A number that gets nothing is not tried again: all else the office or time may mend."""
    go_on = trouble not in THE_PROVIDERS
    if trouble is Trouble.NUMBER or sending.tries >= sms.TRIES:
        services.outbox.failed(sending, why)
        return Outcome("failed", go_on)
    services.outbox.later(sending, services.now() + sms.wait(sending.tries), why)
    return Outcome("later", go_on)


def _only(services: Services) -> Kind | None:
    return Kind.CODE if sms.is_quiet(services.now()) else None
