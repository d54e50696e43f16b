from dataclasses import replace

import pytest

from renewal.store import models
from renewal.store.key_check import KeyCheck
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from renewal.store.trouble import KeysForeign
from tests.factories import stored, submitted


def with_keys(services, keys) -> KeyCheck:
    return KeyCheck(services.database, Sealer(keys))


@pytest.fixture
def settled(services):
    services.key_check.settle()
    return services


def test_a_container_with_the_same_keys_is_let_in(settled, keys):
    with_keys(settled, keys).settle()
    with_keys(settled, keys).check()


@pytest.mark.parametrize("other", ["session", "sealing", "index"])
def test_one_other_key_is_enough_to_be_refused_in_words(settled, keys, other):
    foreign = with_keys(settled, replace(keys, **{other: getattr(Keys.fresh(), other)}))
    before = [row.__data__ for row in stored(settled, models.KeyCheck)]
    for ask in (foreign.settle, foreign.check):
        with pytest.raises(KeysForeign, match="多个容器要用同一个密钥文件夹"):
            ask()
    assert [row.__data__ for row in stored(settled, models.KeyCheck)] == before


def test_a_database_from_before_is_settled_by_its_own_keys_alone(services):
    submitted(services)
    with pytest.raises(KeysForeign):
        with_keys(services, Keys.fresh()).settle()
    assert stored(services, models.KeyCheck) == []
    services.key_check.settle()


def test_a_database_that_was_never_settled_stops_nobody(services):
    services.key_check.check()


def test_once_a_key_was_added_who_lacks_it_is_refused(settled, keys):
    with_keys(settled, replace(keys, sealing=keys.sealing | {2: b"k" * 16})).settle()
    with pytest.raises(KeysForeign):
        settled.key_check.check()
