import pytest

from renewal.verification.tencent import sign
from renewal.wire.trouble import ProviderTrouble
from tests.doubles.claiming import CLAIM, walked
from tests.doubles.face_tencent import TencentDouble
from tests.doubles.faces import provider
from tests.doubles.serving import listening

# cloud.tencent.com/document/product/655/32412 and /1007/114177
PUBLISHED = {
    "1.0.0,19959248596551,19959248596551,4300000000000,appId001,"
    "duSz9ptwyW1Xn7r6gYItxz3feMdJ8Na5x7JZuoxurE7RcI5TdwCE4KT2eEeNNDoe,testName": (
        "11670F8BD6181CF71FB4656534253A0627D835CF"
    ),
    "IDAXXXXX,userID19959248596551,kHoSxvLZGxSoFsjxlbzEoUzh5PAnTU7T,1.0.0,"
    "XO99Qfxlti9iTVgHAjwvJdAZKN3nMuUhrsPdPlPVKlcyS50N6tlLnfuFBPIucaMS": "D7606F1741DDCF90757DA924EDCF152A200AC7F0",
}


@pytest.fixture
def double():
    with listening(TencentDouble()) as double:
        yield double


@pytest.mark.parametrize(("values", "signature"), PUBLISHED.items(), ids=["seven values", "five values"])
def test_the_published_examples_are_signed_as_published(values, signature):
    assert sign(values.split(",")) == signature
    assert sign(reversed(values.split(","))) == signature


def test_a_result_of_another_order_is_none(double):
    ours = provider("tencent", double)
    started = ours.start(CLAIM)
    walked(double, started, passed=True)
    double.changed = {"orderNo": "somebody else's"}
    with pytest.raises(ProviderTrouble, match="odd orderNo"):
        ours.result(CLAIM.number, started.reference)


@pytest.mark.parametrize("domain", ["kyc1.qcloud.com", "evil.example", "qcloud.com.evil.example", "a@evil.example", ""])
def test_the_browser_is_sent_to_no_host_but_tencents(double, monkeypatch, domain):
    ours = provider("tencent", double)
    page = ours._page(CLAIM, "face", "ticket", domain)
    assert page.startswith(f"{double.address}/api/web/login?")
    object.__setattr__(ours._asking, "endpoint", "https://kyc1.qcloud.com")
    assert ours._page(CLAIM, "face", "ticket", domain).startswith("https://kyc1.qcloud.com/api/web/login?")


def test_neither_photo_nor_video_is_asked_for(double):
    ours = provider("tencent", double)
    started = ours.start(CLAIM)
    sent = []
    monkey = double._record
    double._record = lambda asked: (sent.append(asked), monkey(asked))[1]
    walked(double, started, passed=True)
    ours.result(CLAIM.number, started.reference)
    assert "getFile" not in sent[0]
