import pytest

from renewal.services import Services
from renewal.store.models import Applicant, Draft
from renewal.store.registrations import Registrations, Who
from tests.factories import carry, person, stored, submitted

LI = Who(person().name, person().id_number)


@pytest.fixture
def registrations(services: Services) -> Registrations:
    return Registrations(services.database, services.sealer)


def forget(services: Services, registrations: Registrations, who: Who = LI) -> int:
    with services.database.transaction():
        return registrations.forget([who])


def test_a_registration_of_which_there_is_a_draft_is_needed(services: Services, registrations: Registrations) -> None:
    carry(services, "face")
    assert forget(services, registrations) == 0


def test_one_of_which_there_is_a_case_is_needed(services: Services, registrations: Registrations) -> None:
    case = submitted(services)
    services.database.run(Draft.update(id_index="").where(Draft.id == case.draft_id))
    assert forget(services, registrations) == 0


def test_after_the_last_of_them_it_goes(services: Services, registrations: Registrations) -> None:
    draft = carry(services, "face")
    services.database.run(Draft.delete().where(Draft.id == draft.id))
    assert forget(services, registrations) == 1
    assert stored(services, Applicant) == []
    assert forget(services, registrations) == 0


def test_somebody_else_with_the_number_keeps_nobodys_registration(
    services: Services, registrations: Registrations
) -> None:
    draft = carry(services, "face")
    carry(services, "face", person(name="张三"))
    services.database.run(Draft.delete().where(Draft.id == draft.id))
    assert forget(services, registrations) == 1
    assert services.people.knows("张三", LI.id_number)


def test_a_draft_tells_who_is_claimed_unless_it_is_nobody_or_damaged(
    services: Services, registrations: Registrations
) -> None:
    draft = carry(services, "face")
    (row,) = stored(services, Draft)
    assert registrations.claimed(row) == LI
    row.answers = services.sealer.seal_json({}, f"draft:{draft.id}")
    assert registrations.claimed(row) is None
    row.answers = b"x"
    assert registrations.claimed(row) is None
