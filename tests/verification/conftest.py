"""Each provider of ours, asking a strict double of its server."""

import pytest

from tests.doubles.faces import DOUBLES, provider
from tests.doubles.serving import listening


@pytest.fixture(params=DOUBLES)
def name(request):
    return request.param


@pytest.fixture
def double(name):
    with listening(DOUBLES[name]()) as double:
        yield double


@pytest.fixture
def ours(name, double):
    return provider(name, double)
