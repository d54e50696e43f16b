"""Messages to be sent: written beside what they tell of, taken by one sender at a time, and kept to be looked up."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Event
from typing import TYPE_CHECKING, Any

from renewal.domain import masks
from renewal.domain.application import LABELS as STATUSES
from renewal.domain.application import Status
from renewal.domain.sms import TOLD, Kind, lasts, tail
from renewal.store.database import Store
from renewal.store.models import ConfirmedPhone
from renewal.store.models import Message as Row
from renewal.store.sealed import Unsealable

if TYPE_CHECKING:
    from renewal.store.applications import Application

HOLD = timedelta(minutes=2)
"""A sender has a message for so long, which is six times what a silent provider takes: after one that died, the next
takes it."""
LINK = "23456789abcdefghjkmnpqrstuvwxyz"
EMPTY = b""
ALTERED = "短信内容打不开，不能发送"
WAKE = Event()
"""Set when there is something new: this process need not wait for the next look."""


class State(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Sending:
    """A message in its sender's hands, at the `tries`-th try."""

    id: int
    kind: Kind
    key: str
    phone_index: str
    phone: str = field(repr=False)
    parameters: Mapping[str, str] = field(repr=False)
    tries: int


class Outbox(Store):
    def tell(self, application: "Application", status: Status, now: datetime) -> None:
        """Write what its applicant is told of this move, if that person confirmed the number it was handed in with.
        What waited till now is overtaken by it. Runs inside the transaction of the move."""
        self.overtake(application.id)
        phone = application.answers.get("details", {}).get("phone", "")
        confirmed = (ConfirmedPhone.draft == application.draft_id) & (ConfirmedPhone.phone_index == self._index(phone))
        if status not in TOLD or not self._database.row(ConfirmedPhone.select().where(confirmed)):
            return
        link = "".join(secrets.choice(LINK) for _ in range(10)) if status is Status.RETURNED else None
        told = {"tail": tail(application.number), "result": STATUSES[status], "link": link or ""}
        self.put(TOLD[status], phone, told, now, application=application.id, link=link)

    def put(
        self,
        kind: Kind,
        phone: str,
        parameters: Mapping[str, str],
        now: datetime,
        application: int | None = None,
        link: str | None = None,
        key: str = "",
    ) -> bool:
        """Write a message; False when there is one with this key already. Runs inside a transaction."""
        key = key or secrets.token_hex(16)
        columns = {
            "kind": kind,
            "application": application,
            "phone_index": self._index(phone),
            "phone_mask": masks.phone(phone),
            "sealed": self._sealer.seal_json([phone, dict(parameters)], f"message:{key}"),
            "link": link,
            "state": State.WAITING,
            "tries": 0,
            "next_try_at": now,
            "made_at": now,
            "expires_at": now + lasts(kind),
            "reference": "",
            "trouble": "",
        }
        WAKE.set()
        return bool(self._database.run(Row.insert(key=key, **columns).on_conflict_ignore().as_rowcount()))

    def overtake(self, application_id: int) -> None:
        """What was not sent of a case needs not be told any more. One in a sender's hands may go out all the same."""
        waiting = (Row.application == application_id) & (Row.state == State.WAITING)
        self._database.run(Row.update(state=State.DROPPED, sealed=EMPTY).where(waiting))

    def is_due(self, now: datetime, only: Kind | None = None) -> bool:
        return self._database.row(self._due(now, only)) is not None

    def take(self, now: datetime, only: Kind | None = None) -> Sending | None:
        """The next one that is due, codes first; nobody else gets it for a while. Raises Unavailable."""
        while row := self._database.row(self._due(now, only)):
            mine = self._held(row.id, row.tries) & (Row.held_until.is_null() | (Row.held_until <= now))
            taken = self._change({"tries": row.tries + 1, "held_until": now + HOLD}, mine)
            if taken and (opened := self._opened(row)):
                return opened
        return None

    def sent(self, sending: Sending, reference: str, now: datetime) -> bool:
        """The number is needed no more. False when somebody else has it by now: it goes out twice."""
        done = {"state": State.SENT, "sealed": EMPTY, "sent_at": now, "reference": reference[:64], "trouble": ""}
        return self._settle(sending, done)

    def later(self, sending: Sending, at: datetime, trouble: str) -> bool:
        return self._settle(sending, {"next_try_at": at, "trouble": trouble[:200]})

    def postpone(self, sending: Sending, at: datetime) -> bool:
        """Not now, and it was no try."""
        return self._settle(sending, {"next_try_at": at, "tries": sending.tries - 1})

    def failed(self, sending: Sending, trouble: str) -> bool:
        return self._settle(sending, {"state": State.FAILED, "trouble": trouble[:200]})

    def dropped(self, sending: Sending, why: str) -> bool:
        return self._settle(sending, {"state": State.DROPPED, "sealed": EMPTY, "trouble": why[:200]})

    def give_up(self, now: datetime) -> int:
        """On those that are no news any more; how many."""
        over = (Row.state == State.WAITING) & (Row.expires_at <= now)
        return self._change({"state": State.FAILED}, over & (Row.held_until.is_null() | (Row.held_until <= now)))

    def sent_since(self, sending: Sending, since: datetime) -> bool:
        """Whether one of its kind went to its number."""
        same = (Row.phone_index == sending.phone_index) & (Row.kind == sending.kind)
        return self._database.row(Row.select(Row.id).where(same, Row.sent_at >= since)) is not None

    def _due(self, now: datetime, only: Kind | None) -> Any:
        free = Row.held_until.is_null() | (Row.held_until <= now)
        due = (Row.state == State.WAITING) & (Row.next_try_at <= now) & (Row.expires_at > now) & free
        wanted = due & (Row.kind == only) if only else due
        return Row.select().where(wanted).order_by(Row.expires_at, Row.id)

    def _opened(self, row: Row) -> Sending | None:
        """None for one that was altered: it keeps no other from going out."""
        try:
            phone, parameters = self._sealer.unseal_json(row.sealed, f"message:{row.key}")
        except Unsealable:
            self._change({"state": State.FAILED, "trouble": ALTERED}, self._held(row.id, row.tries + 1))
            return None
        return Sending(row.id, Kind(row.kind), row.key, row.phone_index, phone, parameters, row.tries + 1)

    def _settle(self, sending: Sending, columns: Mapping[str, Any]) -> bool:
        return bool(self._change({"held_until": None, **columns}, self._held(sending.id, sending.tries)))

    def _held(self, message_id: int, tries: int) -> Any:
        return (Row.id == message_id) & (Row.tries == tries) & (Row.state == State.WAITING)

    def _change(self, columns: Mapping[str, Any], *where: Any) -> int:
        with self._database.transaction():
            return int(self._database.run(Row.update(dict(columns)).where(*where)))

    def _index(self, phone: str) -> str:
        return self._sealer.index("phone", phone)
