"""Cases as the queue's tests need them: any status, deadline or mark, without the way that leads there."""

from datetime import timedelta
from typing import Any

from renewal.domain.clock import china_day
from renewal.domain.trust import Trust
from renewal.services import Services
from renewal.store import models
from renewal.store.applications import Application
from renewal.store.drafts import Draft, new_id
from renewal.store.filters import Filter
from tests.factories import NOON, Person, person
from tests.store.cases import PICTURES


def case(services: Services, serial: int = 0, who: Person | None = None, due_in: int | None = None, **columns: Any):
    """A case of somebody, then given these columns; `due_in` counts days from today."""
    who = who or person(serial)
    answers = {"details": who.details, "face": {"method": "counter"}}
    index = services.sealer.index("id_number", who.id_number)
    draft = Draft(new_id(), trust=Trust.CAPTURED, id_index=index, owner_index=f"{serial}", answers=answers)
    application = services.intake.submit(services.drafts.put(draft, NOON), PICTURES, NOON)
    if due_in is not None:
        columns["deadline"] = (china_day(services.now()) + timedelta(days=due_in)).isoformat()
    if columns:
        row = models.Application
        services.database.run(row.update(**columns).where(row.id == application.id))
    return application


def numbers(services: Services, asked: Filter, page: int = 1) -> list[str]:
    return [line.number for line in services.queue.sheet(asked, page).lines]


def numbers_of(*cases: Application) -> list[str]:
    return [one.number for one in cases]
