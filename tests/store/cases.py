"""Drafts and cases as the store's tests need them, without a journey before."""

from renewal.domain.trust import Trust
from renewal.services import Services
from renewal.store import models
from renewal.store.applications import Application
from renewal.store.drafts import Draft, new_id
from tests.factories import NOON, person, stored

ANSWERS = {"details": person().details, "face": {"method": "counter"}}
PICTURES = {"portrait": b"\xff\xd8 face", "signature": b"hand"}


def drafted(
    services: Services,
    id_index: str = "me",
    owner: str = "my phone",
    name: str = person().name,
    trust: Trust = Trust.CAPTURED,
) -> Draft:
    answers = {**ANSWERS, "details": person(name=name).details}
    draft = Draft(new_id(), trust=trust, id_index=id_index, owner_index=owner, answers=answers)
    return services.drafts.put(draft, NOON)


def submit(services: Services, *whose: str, trust: Trust = Trust.CAPTURED) -> Application:
    return services.intake.submit(drafted(services, *whose, trust=trust), PICTURES, NOON)


def row(services: Services, application: Application) -> models.Application:
    return next(row for row in stored(services, models.Application) if row.id == application.id)


def actions(services: Services, application: Application) -> list[str]:
    return [event.action for event in services.applications.events(application.id)]
