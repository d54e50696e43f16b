"""What became of the messages, for the office; and what their links lead to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from renewal.domain.sms import Kind, lasts
from renewal.store.database import Store
from renewal.store.models import Application
from renewal.store.models import Message as Row
from renewal.store.outbox import WAKE, State

KEEP_CODES, KEEP_REMINDERS = timedelta(days=1), timedelta(days=200)
"""A reminder is remembered for as long as it could be sent a second time; what belongs to a case goes with it."""


@dataclass(frozen=True, slots=True)
class Told:
    """`number` is that of the case, or empty; of the telephone's there is the mask alone."""

    id: int
    kind: Kind
    state: State
    number: str
    phone: str
    made_at: datetime
    sent_at: datetime | None
    next_try_at: datetime
    tries: int
    trouble: str
    reference: str

    @property
    def may_be_sent_again(self) -> bool:
        return self.state is State.FAILED and self.kind is not Kind.CODE


class SentMessages(Store):
    def count_failed(self) -> int:
        return len(self._database.rows(Row.select(Row.id).where(Row.state == State.FAILED)))

    def page(self, states: Collection[State], before: int | None, limit: int) -> list[Told]:
        """The newest first, those below the id `before`."""
        wanted = Row.state.in_(list(states))
        return self._told(wanted & (Row.id < before) if before else wanted, limit)

    def of(self, application_id: int) -> list[Told]:
        """Of one case, the newest first."""
        return self._told(Row.application == application_id, 50)

    def find(self, message_id: int) -> Told | None:
        return next(iter(self._told(Row.id == message_id, 1)), None)

    def again(self, message_ids: Collection[int], now: datetime) -> int:
        """Send these once more, that had failed, under the keys they had; how many."""
        return self._of_failed(message_ids, now, State.WAITING)

    def drop(self, message_ids: Collection[int], now: datetime) -> int:
        """Send these no more; how many."""
        return self._of_failed(message_ids, now, State.DROPPED)

    def failed_ids(self) -> list[int]:
        query = Row.select(Row.id).where(Row.state == State.FAILED, Row.kind != Kind.CODE)
        return [row.id for row in self._database.rows(query)]

    def case_of(self, link: str) -> int | None:
        """The case that a message's link is about."""
        row = self._database.row(Row.select(Row.application).where(Row.link == link))
        return row.application_id if row else None

    def over(self, now: datetime) -> int:
        """How many `sweep` would remove."""
        return len(self._database.rows(Row.select(Row.id).where(_over(now))))

    def sweep(self, now: datetime) -> int:
        with self._database.transaction():
            return int(self._database.run(Row.delete().where(_over(now))))

    def _of_failed(self, message_ids: Collection[int], now: datetime, state: State) -> int:
        """Anew in every respect: tries, and the days it is news."""
        anew = {"state": state, "tries": 0, "next_try_at": now, "expires_at": now + lasts(Kind.RETURNED)}
        these = Row.id.in_(list(message_ids)) & (Row.state == State.FAILED) & (Row.kind != Kind.CODE)
        with self._database.transaction():
            changed = int(self._database.run(Row.update(anew).where(these)))
        WAKE.set()
        return changed

    def _told(self, condition: object, limit: int) -> list[Told]:
        case = Application.select(Application.id, Application.number)
        query = Row.select().where(condition).order_by(Row.id.desc()).limit(limit)
        rows = self._database.rows(query)
        ids = [row.application_id for row in rows if row.application_id]
        numbers = {row.id: row.number for row in self._database.rows(case.where(Application.id.in_(ids)))}
        return [_told(row, numbers.get(row.application_id, "")) for row in rows]


def _over(now: datetime) -> object:
    codes = (Row.kind == Kind.CODE) & (Row.made_at < now - KEEP_CODES)
    return codes | (Row.application.is_null() & (Row.made_at < now - KEEP_REMINDERS))


def _told(row: Row, number: str) -> Told:
    return Told(
        id=row.id,
        kind=Kind(row.kind),
        state=State(row.state),
        number=number,
        phone=row.phone_mask,
        made_at=row.made_at,
        sent_at=row.sent_at,
        next_try_at=row.next_try_at,
        tries=row.tries,
        trouble=row.trouble,
        reference=row.reference,
    )
