"""注册到期提醒: who is registered, confirmed a number and has not applied is told 90, 60 and 30 days before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from renewal.domain.clock import china_day
from renewal.domain.sms import REMIND_DAYS, Kind
from renewal.services import Services
from renewal.store.roster import expiring_within


@dataclass(frozen=True, slots=True)
class Registration:
    id_number: str
    valid_until: date


def remind(services: Services) -> Mapping[str, int]:
    """A message to each who has to be told by now; how many. Run again, it tells nobody twice."""
    return {"messages": tell(services, _expiring(services))} if services.sms else {}


def tell(services: Services, people: Iterable[Registration]) -> int:
    """Of these, who confirmed a number and was not told at this stage yet; how many."""
    wanted = services.phones.people()
    index = services.sealer.index
    return sum(_tell(services, one) for one in people if index("id_number", one.id_number) in wanted)


def stage(days: int) -> int | None:
    """Which of the reminders is due so many days before the end; None for none."""
    return min((stage for stage in REMIND_DAYS if 0 <= days <= stage), default=None)


def _tell(services: Services, one: Registration) -> bool:
    days = (one.valid_until - china_day(services.now())).days
    due, phone = stage(days), services.phones.last_of(one.id_number)
    if due is None or phone is None:
        return False
    key = services.sealer.index("reminder", f"{one.id_number}:{one.valid_until}:{due}")[:32]
    with services.database.transaction():
        return services.outbox.put(Kind.EXPIRING, phone, {"days": str(days)}, services.now(), key=key)


def _expiring(services: Services) -> Iterable[Registration]:
    for page in services.roster.all(expiring_within(max(REMIND_DAYS), services.now())):
        for one in page:
            if one.valid_until:
                yield Registration(one.record["id_number"], one.valid_until)
