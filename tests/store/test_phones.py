"""A number is confirmed for one draft, by a code that is good a few minutes, a few times, and once."""

import pytest

from renewal.services import Services
from renewal.store import models
from renewal.store.phones import TRIES
from tests.factories import Clock, at_once, person, stored
from tests.store.cases import drafted

PHONE = person().phone


def confirm(services: Services, phone: str = PHONE, id_number: str = person().id_number) -> str:
    draft = drafted(services, services.sealer.index("id_number", id_number))
    with services.database.transaction():
        services.phones.confirm(draft.id, phone, services.now())
    return draft.id


def put_code(services: Services, code: str = "042137", asked: str = "me") -> None:
    with services.database.transaction():
        services.phones.put_code(asked, code, services.now())


def test_a_number_is_confirmed_for_its_draft_alone_until_it_is_taken_back(services: Services) -> None:
    mine, other = confirm(services), drafted(services, owner="other").id
    assert services.phones.is_confirmed(mine, PHONE)
    assert not services.phones.is_confirmed(mine, "13911112222")
    assert not services.phones.is_confirmed(other, PHONE)
    services.phones.forget(mine)
    assert not services.phones.is_confirmed(mine, PHONE)


def test_another_number_takes_the_place_of_the_first(services: Services) -> None:
    mine = confirm(services)
    services.phones.confirm(mine, "13911112222", services.now())
    assert not services.phones.is_confirmed(mine, PHONE)
    assert services.phones.last_of(person().id_number) == "13911112222"


def test_it_is_sealed(services: Services) -> None:
    confirm(services)
    (row,) = stored(services, models.ConfirmedPhone)
    assert PHONE.encode() not in bytes(row.sealed)


def test_drafts_are_found_by_person_and_number_together(services: Services) -> None:
    mine = confirm(services)
    assert services.phones.drafts(person().id_number, PHONE) == [mine]
    assert services.phones.drafts(person(1).id_number, PHONE) == []
    assert services.phones.drafts(person().id_number, "13911112222") == []
    assert services.phones.people() == {services.sealer.index("id_number", person().id_number)}


def test_a_code_is_good_once(services: Services) -> None:
    put_code(services)
    assert services.phones.use_code("me", "042137", services.now())
    assert not services.phones.use_code("me", "042137", services.now())


def test_of_several_at_once_one_uses_it(services: Services) -> None:
    put_code(services)
    used = at_once(services, *[lambda: services.phones.use_code("me", "042137", services.now()) for _ in range(4)])
    assert sum(used) == 1


def test_it_is_kept_as_a_hash(services: Services) -> None:
    put_code(services)
    (row,) = stored(services, models.PhoneCode)
    assert "042137" not in row.code + row.asked
    assert row.asked != "me"


@pytest.mark.parametrize("typed", ["", "42137", "042138", "０４２１３７"])
def test_another_code_is_not_it(services: Services, typed: str) -> None:
    put_code(services)
    assert not services.phones.use_code("me", typed, services.now())


def test_after_a_few_wrong_ones_the_right_one_is_too_late(services: Services) -> None:
    put_code(services)
    for guess in range(TRIES):
        assert services.phones.is_asked("me", services.now())
        assert not services.phones.use_code("me", f"{guess:06d}", services.now())
    assert not services.phones.is_asked("me", services.now())
    assert not services.phones.use_code("me", "042137", services.now())


def test_it_is_good_for_ten_minutes(services: Services, clock: Clock) -> None:
    put_code(services)
    clock.go_on(minutes=10)
    assert not services.phones.use_code("me", "042137", services.now())
    assert services.phones.sweep(services.now()) == 1


def test_a_new_code_ends_the_one_before_and_anothers_is_not_mine(services: Services) -> None:
    put_code(services)
    put_code(services, "111111")
    put_code(services, "222222", asked="you")
    assert not services.phones.use_code("me", "042137", services.now())
    assert not services.phones.use_code("me", "222222", services.now())
    assert services.phones.use_code("me", "111111", services.now())
