import json
from datetime import UTC, datetime, timedelta

import pytest

from renewal.verification import acs3
from renewal.verification.aliyun import WORDS, meta_info
from renewal.verification.provider import ProviderTrouble, Trouble
from tests.doubles.aliyun import AliyunDouble
from tests.doubles.both import provider
from tests.doubles.serving import running
from tests.verification.test_elsewhere import CLAIM, walked

# help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature, the example with fixed values
IMAGE = "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"
PUBLISHED = (
    "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;"
    "x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
)


@pytest.fixture
def double():
    with running(AliyunDouble()) as double:
        yield double


def test_the_published_example_is_signed_as_published():
    query = acs3.query({"RegionId": "cn-shanghai", "ImageId": IMAGE})
    at = datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC)
    nonce, host = "3156853299f313e23d1673dc12e1703d", "ecs.cn-shanghai.aliyuncs.com"
    headers = acs3.headers(host, "RunInstances", "2014-05-26", nonce, at)
    assert acs3.authorization("YourAccessKeyId", "YourAccessKeySecret", "POST", query, headers) == PUBLISHED


def test_values_are_quoted_as_the_signature_wants_them():
    assert acs3.query({"b": "a b*~", "a": "李/=&"}) == "a=%E6%9D%8E%2F%3D%26&b=a%20b%2A~"


@pytest.mark.parametrize("minutes", [-6, 6, 60 * 24])
def test_a_wrong_clock_is_named(double, minutes):
    double.late = timedelta(minutes=minutes)
    with pytest.raises(ProviderTrouble) as caught:
        provider("aliyun", double).check()
    assert caught.value.trouble is Trouble.CLOCK


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
