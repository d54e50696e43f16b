import json

import pytest

from renewal.verification.aliyun import WORDS, meta_info
from renewal.wire.trouble import ProviderTrouble, Trouble
from tests.doubles.claiming import CLAIM, walked
from tests.doubles.face_aliyun import AliyunDouble
from tests.doubles.faces import provider
from tests.doubles.serving import listening


@pytest.fixture
def double():
    with listening(AliyunDouble()) as double:
        yield double


@pytest.mark.parametrize("minutes", [-16, 16, 60 * 24])
def test_a_wrong_clock_is_named(double, minutes):
    double.off = minutes * 60
    with pytest.raises(ProviderTrouble) as caught:
        provider("aliyun", double).check()
    assert caught.value.trouble is Trouble.CLOCK


@pytest.mark.parametrize(
    ("code", "trouble"),
    [
        ("Throttling.User", Trouble.LIMIT),
        ("InvalidAccessKeyId.Inactive", Trouble.CREDENTIALS),
        ("Forbidden.RAM", Trouble.ACCOUNT),
        ("412", Trouble.ACCOUNT),
        ("InternalError", Trouble.OTHER),
    ],
)
def test_each_refusal_is_the_trouble_it_is(double, code, trouble):
    double.start_code = code
    with pytest.raises(ProviderTrouble, match=code) as caught:
        provider("aliyun", double).start(CLAIM)
    assert caught.value.trouble is trouble


@pytest.mark.parametrize("sub_code", [*WORDS, "299"])
def test_each_reason_has_its_words_and_an_unknown_one_none(double, sub_code):
    double.sub_code = sub_code
    ours = provider("aliyun", double)
    started = ours.start(CLAIM)
    walked(double, started, passed=False)
    result = ours.result(CLAIM.number, started.reference)
    assert (result.passed, result.code, result.words) == (False, sub_code, WORDS.get(sub_code, ""))


def test_the_browser_is_described_as_their_script_would():
    phone = json.loads(meta_info("Mozilla/5.0 (Linux; Android 10) Mobile"))
    assert (phone["deviceType"], phone["ua"]) == ("h5", "Mozilla/5.0 (Linux; Android 10) Mobile")
    assert json.loads(meta_info("Mozilla/5.0 (Windows NT 10.0)"))["deviceType"] == "web"
    assert len(json.loads(meta_info("x" * 9999))["ua"]) == 400
