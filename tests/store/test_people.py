import pytest

from renewal.store.keys import Keys
from renewal.store.models import Applicant, Avatar
from renewal.store.sealed import Sealer, Unsealable
from tests.factories import NOON, person, stored


def test_whoever_registered_is_known_by_name_and_number(services):
    who = person()
    assert not services.people.knows(who.name, who.id_number)
    services.people.register(who.registration, NOON)
    assert services.people.knows(who.name, who.id_number)


def test_another_name_with_the_number_is_nobody_known(services):
    services.people.register(person(name="李春明").registration, NOON)
    assert not services.people.knows("张三", person().id_number)


def test_a_wrong_name_registered_first_does_not_lock_the_owner_out(services):
    services.people.register(person(name="张三").registration, NOON)
    services.people.register(person(name="李春明").registration, NOON)
    assert services.people.knows("李春明", person().id_number)


def test_name_and_number_do_not_run_into_each_other(services):
    services.people.register({"name": "A", "id_number": "12"}, NOON)
    assert not services.people.knows("2A", "1")


def test_registering_twice_keeps_the_first_entry(services):
    services.people.register(person().registration, NOON)
    before = stored(services, Applicant)[0].sealed
    services.people.register(person().registration, NOON)
    assert [row.sealed for row in stored(services, Applicant)] == [before]


def test_a_registration_moved_to_somebody_else_does_not_open(services):
    services.people.register(person().registration, NOON)
    row = stored(services, Applicant)[0]
    assert services.sealer.unseal_json(row.sealed, f"applicant:{row.person_index}") == person().registration
    with pytest.raises(Unsealable):
        services.sealer.unseal(row.sealed, "applicant:somebody else")


def test_an_avatar_is_kept_under_an_id_nobody_guesses(services):
    ids = {services.people.keep_avatar(phone, b"\xff\xd8 face", NOON) for phone in ("a", "b", "c")}
    assert len(ids) == 3
    assert all(len(avatar_id) == 32 for avatar_id in ids)
    assert ids.isdisjoint({Sealer(Keys.fresh()).index("avatar", phone)[:32] for phone in ("a", "b", "c")})
    assert all(services.people.avatar(avatar_id) == b"\xff\xd8 face" for avatar_id in ids)


def test_another_avatar_of_the_same_browser_replaces_the_first(services):
    kept = [services.people.keep_avatar("a phone", picture, NOON) for picture in (b"first", b"second")]
    assert len(stored(services, Avatar)) == 1
    assert services.people.avatar(kept[1]) == b"second"


def test_an_avatar_that_was_removed_is_gone(services):
    mine, yours = (services.people.keep_avatar(phone, b"\xff\xd8 face", NOON) for phone in ("mine", "yours"))
    services.people.remove_avatar(mine)
    assert services.people.avatar(mine) is None
    assert services.people.avatar(yours)


def test_an_unknown_avatar_is_none(services):
    assert services.people.avatar("no such picture") is None


def test_an_avatar_is_sealed(services):
    services.people.keep_avatar("a phone", b"\xff\xd8 face", NOON)
    assert b"face" not in stored(services, Avatar)[0].sealed
