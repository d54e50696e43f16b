"""Time, size and shape of what a provider answers."""

import pytest

from renewal.verification import asking
from renewal.verification.provider import ProviderTrouble, Trouble
from tests.doubles.both import DOUBLES, provider
from tests.doubles.claiming import CLAIM
from tests.doubles.serving import running


@pytest.mark.parametrize(
    ("mood", "trouble"),
    [
        ("silent", Trouble.SILENT),
        ("drip", Trouble.SILENT),
        ("cut", Trouble.ODD),
        ("html", Trouble.ODD),
        ("list", Trouble.ODD),
        ("huge", Trouble.ODD),
        ("busy", Trouble.LIMIT),
    ],
)
def test_a_provider_that_answers_badly_is_left_in_time(ours, double, monkeypatch, mood, trouble):
    monkeypatch.setattr(asking, "TOTAL", 0.3)
    double.mood = mood
    for act in (ours.check, lambda: ours.start(CLAIM), lambda: ours.result(CLAIM.number, "0" * 32)):
        with pytest.raises(ProviderTrouble) as caught:
            act()
        assert caught.value.trouble is trouble


def test_a_provider_that_is_not_there_is_silent(name):
    with running(DOUBLES[name]()) as gone:
        nobody = provider(name, gone)
    with pytest.raises(ProviderTrouble, match="silent ConnectionRefusedError"):
        nobody.check()


def test_a_silent_provider_holds_only_some_of_the_threads(ours, monkeypatch):
    monkeypatch.setattr(asking, "_places", asking.BoundedSemaphore(1))
    with asking._places, pytest.raises(ProviderTrouble) as caught:
        ours.check()
    assert caught.value.trouble is Trouble.BUSY
    ours.check()


def test_a_proxy_of_the_environment_is_not_used(ours, monkeypatch):
    for variable in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    ours.check()
