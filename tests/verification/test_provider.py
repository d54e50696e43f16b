"""Both providers against strict doubles of their servers, over HTTP."""

from dataclasses import replace
from urllib.request import urlopen

import pytest

from renewal.verification import COMPANIES, ELSEWHERE, LABELS, PROVIDERS, Account, VerificationRefused
from renewal.verification.provider import WORDS, NotFinished, ProviderTrouble, Trouble, said
from tests.doubles.claiming import CLAIM, ME, walked
from tests.naughty import is_sentence


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
