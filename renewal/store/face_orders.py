"""Face checks asked of a provider: one row each, moved on by compare-and-set."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from renewal.store.database import Store
from renewal.store.models import FaceOrder as Row


class OrderState(StrEnum):
    ASKED = "asked"
    """The person agreed; the provider knows nothing of it yet."""
    STARTED = "started"
    PASSED = "passed"
    REFUSED = "refused"
    VOID = "void"
    """Too late, or somebody else's browser came back with it."""
    FAILED = "failed"
    """The provider could not be used; `code` says why."""


RUNNING = (OrderState.ASKED, OrderState.STARTED)


@dataclass(frozen=True, slots=True)
class FaceOrder:
    """`url` is where the browser goes and `reference` the provider's name of it, both once it is started."""

    id: str
    draft_id: str
    provider: str
    person_index: str
    browser_index: str
    asked_at: datetime
    state: OrderState = OrderState.ASKED
    code: str = ""
    url: str = ""
    reference: str = ""
    settled_at: datetime | None = None


def new_number() -> str:
    """32 letters and digits, as both providers ask."""
    return secrets.token_hex(16)


class FaceOrders(Store):
    """Reading one raises Unsealable when its address was altered or the key is gone. Each change is a transaction,
    or a part of the caller's: all writers queue."""

    def put(self, order: FaceOrder) -> None:
        names = ("id", "provider", "person_index", "browser_index", "state", "code", "asked_at")
        columns = {name: getattr(order, name) for name in names}
        with self._database.transaction():
            self._database.run(Row.insert(draft=order.draft_id, **columns))

    def start(self, order: FaceOrder, url: str, reference: str) -> bool:
        """False when it was not waiting to be started any more."""
        sealed = self._sealer.seal_json({"url": url, "reference": reference}, f"face:{order.id}")
        return self._move(order.id, (OrderState.ASKED,), state=OrderState.STARTED, sealed=sealed)

    def settle(self, order_id: str, state: OrderState, code: str, now: datetime) -> bool:
        """The end of an order, and of what was sealed with it. False when it had one: an order is used once."""
        return self._move(order_id, RUNNING, state=state, code=code, settled_at=now, sealed=None)

    def find(self, order_id: str) -> FaceOrder | None:
        return self._one(Row.id == order_id)

    def of(self, draft_id: str) -> list[FaceOrder]:
        """The oldest first."""
        query = Row.select().where(Row.draft == draft_id).order_by(Row.asked_at)
        return [self._order(row) for row in self._database.rows(query)]

    def last_of(self, draft_id: str) -> FaceOrder | None:
        return self._one(Row.draft == draft_id)

    def passed(self, draft_id: str) -> FaceOrder | None:
        """The order by which the person of this draft is known, if there is one."""
        return self._one((Row.draft == draft_id) & (Row.state == OrderState.PASSED))

    def trouble(self, since: datetime) -> FaceOrder | None:
        """The last one that failed after `since`, unless one has come to a good or bad end after it."""
        ended = (OrderState.FAILED, OrderState.PASSED, OrderState.REFUSED)
        query = Row.select().where(Row.state.in_(ended), Row.settled_at > since).order_by(Row.settled_at.desc())
        row = self._database.row(query.limit(1))
        return self._order(row) if row and row.state == OrderState.FAILED else None

    def _move(self, order_id: str, before: tuple[OrderState, ...], **columns: Any) -> bool:
        moved = Row.update(**columns).where(Row.id == order_id, Row.state.in_(before))
        with self._database.transaction():
            return bool(self._database.run(moved))

    def _one(self, condition: Any) -> FaceOrder | None:
        row = self._database.row(Row.select().where(condition).order_by(Row.asked_at.desc()).limit(1))
        return self._order(row) if row else None

    def _order(self, row: Any) -> FaceOrder:
        opened = self._sealer.unseal_json(row.sealed, f"face:{row.id}") if row.sealed else {}
        return FaceOrder(
            id=row.id,
            draft_id=row.draft_id,
            provider=row.provider,
            person_index=row.person_index,
            browser_index=row.browser_index,
            asked_at=row.asked_at,
            state=OrderState(row.state),
            code=row.code,
            settled_at=row.settled_at,
            **opened,
        )
