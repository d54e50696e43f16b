"""Both providers against strict doubles of their servers, over HTTP."""

from dataclasses import replace
from urllib.request import urlopen

import pytest

from renewal.verification import COMPANIES, ELSEWHERE, LABELS, PROVIDERS, Account, VerificationRefused
from renewal.verification.provider import NotFinished
from renewal.wire import asking
from renewal.wire.trouble import ProviderTrouble, Trouble
from tests.doubles.claiming import CLAIM, ME, walked


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
def test_expired_credentials_are_named(ours, double, act):
    double.key = "a new one"
    with pytest.raises(ProviderTrouble) as trouble:
        ours.check() if act == "check" else ours.start(CLAIM)
    assert trouble.value.trouble is Trouble.CREDENTIALS


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
    account = Account("id", "the key itself", "scene", "https://example.cn")
    assert "the key itself" not in repr(account) + repr(vars(ours)) + repr(ELSEWHERE[name](account))


@pytest.mark.parametrize("mood", ["silent", "html", "cut"])
def test_a_provider_that_answers_badly_is_left_in_time(ours, double, monkeypatch, mood):
    monkeypatch.setattr(asking, "TOTAL", 0.3 if mood == "silent" else 5)
    double.mood = mood
    for act in (ours.check, lambda: ours.start(CLAIM), lambda: ours.result(CLAIM.number, "0" * 32)):
        with pytest.raises(ProviderTrouble) as caught:
            act()
        assert caught.value.trouble is (Trouble.SILENT if mood == "silent" else Trouble.ODD)


def test_every_way_has_its_label(ours):
    assert set(LABELS) == {*PROVIDERS, *ELSEWHERE}
    assert ours.company == COMPANIES[ours.name]
    assert ours.label.startswith(ours.company)
