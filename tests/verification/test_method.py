import pytest

from renewal.domain.trust import Trust
from renewal.verification import PROVIDERS
from tests.factories import portrait_jpeg
from tests.naughty import is_sentence


def test_the_built_in_ways_go_by_the_contracts_names():
    assert list(PROVIDERS) == ["selfie", "counter"]


def test_there_is_always_a_way_without_a_face():
    assert [name for name, way in PROVIDERS.items() if not way.needs_consent] == ["counter"]


@pytest.mark.parametrize("way", PROVIDERS.values(), ids=PROVIDERS)
def test_every_way_says_what_it_is_and_lets_a_person_go_on(way):
    assert way.label
    assert is_sentence(way.text)
    assert way.prove([portrait_jpeg()], []).trust >= Trust.CAPTURED


@pytest.mark.parametrize("way", PROVIDERS.values(), ids=PROVIDERS)
def test_no_built_in_way_proves_who_somebody_is(way):
    assert way.prove([portrait_jpeg()], []).trust < Trust.VERIFIED
