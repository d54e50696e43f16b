"""Both providers against strict doubles of their servers, over HTTP."""

from dataclasses import replace
from urllib.request import urlopen

import pytest

from renewal.verification import COMPANIES, ELSEWHERE, LABELS, PROVIDERS, Account, VerificationRefused, asking
from renewal.verification.provider import WORDS, Claim, NotFinished, ProviderTrouble, Started, Trouble, said
from tests.doubles.both import DOUBLES, provider
from tests.doubles.serving import running
from tests.factories import person
from tests.naughty import is_sentence

ME = person()
CLAIM = Claim(
    "0123456789abcdef" * 2, ME.name, ME.id_number, "u" * 32, "https://yanxu.example.cn/back?a=1&b=二", "Mobile"
)


@pytest.fixture(params=DOUBLES)
def name(request):
    return request.param


@pytest.fixture
def double(name):
    with running(DOUBLES[name]()) as double:
        yield double


@pytest.fixture
def ours(name, double):
    return provider(name, double)


def walked(double, started: Started, passed: bool) -> None:
    """A browser opens the page and the person comes to its end; it is not followed back."""
    urlopen(started.url, timeout=5).close()
    order = double.orders[CLAIM.number]
    assert double.finish(order, passed).startswith(CLAIM.back)


def test_whoever_passes_is_known_by_the_providers_word(ours, double):
    started = ours.start(CLAIM)
    assert (double.orders[CLAIM.number]["name"], double.orders[CLAIM.number]["id_number"]) == (ME.name, ME.id_number)
    walked(double, started, passed=True)
    result = ours.result(CLAIM.number, started.reference)
    assert (result.passed, result.words) == (True, "")
    assert result.code in ("0", "200")


def test_whoever_does_not_is_told_why(ours, double):
    started = ours.start(CLAIM)
    walked(double, started, passed=False)
    result = ours.result(CLAIM.number, started.reference)
    assert (result.passed, result.words) == (False, "没有认出是本人")


def test_before_the_end_of_the_page_there_is_no_result(ours):
    started = ours.start(CLAIM)
    with pytest.raises(NotFinished):
        ours.result(CLAIM.number, started.reference)


def test_a_page_opens_for_one_person_once(ours, double, name):
    started = ours.start(CLAIM)
    walked(double, started, passed=True)
    with pytest.raises(OSError, match="400"):
        urlopen(started.url, timeout=5)


def test_good_credentials_are_found_good_and_no_order_is_begun(ours, double):
    ours.check()
    assert double.orders == {}


@pytest.mark.parametrize("act", ["check", "start"])
def test_expired_credentials_are_named(ours, double, name, act):
    setattr(double, {"tencent": "secret", "aliyun": "key"}[name], "a new one")
    with pytest.raises(ProviderTrouble) as trouble:
        ours.check() if act == "check" else ours.start(CLAIM)
    assert trouble.value.trouble is Trouble.CREDENTIALS


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


def test_a_person_the_provider_cannot_look_at_is_refused_in_words(ours, double, name):
    double.start_code = {"tencent": "66660015", "aliyun": "417"}[name]
    with pytest.raises(VerificationRefused) as refused:
        ours.start(CLAIM)
    assert len(str(refused.value)) > 5


def test_an_account_that_ran_out_is_the_offices_trouble(ours, double, name):
    double.start_code = {"tencent": "400104", "aliyun": "412"}[name]
    with pytest.raises(ProviderTrouble) as caught:
        ours.start(CLAIM)
    assert caught.value.trouble is Trouble.ACCOUNT


def test_an_order_is_not_begun_twice(ours):
    ours.start(CLAIM)
    with pytest.raises((ProviderTrouble, VerificationRefused)):
        ours.start(CLAIM)
    ours.start(replace(CLAIM, number="f" * 32))


def test_nothing_tells_the_key(ours, double, name):
    account = Account("id", "the key itself", endpoint="https://example.cn")
    assert "the key itself" not in repr(account) + repr(vars(ours)) + repr(ELSEWHERE[name](account))


@pytest.mark.parametrize("endpoint", ["http://kyc1.qcloud.com", "ftp://127.0.0.1", "kyc1.qcloud.com", "https://"])
def test_no_provider_is_asked_without_tls_but_on_this_machine(endpoint):
    with pytest.raises(ValueError, match="RENEWAL_FACE_ENDPOINT"):
        Account("id", "key", endpoint=endpoint)


def test_every_way_has_its_label_and_every_trouble_its_words(ours):
    assert set(LABELS) == {*PROVIDERS, *ELSEWHERE}
    assert ours.company == COMPANIES[ours.name]
    assert ours.label.startswith(ours.company)
    assert set(WORDS) == set(Trouble)
    assert all(is_sentence(said(ours.label, f"{trouble} 42")) for trouble in Trouble)
