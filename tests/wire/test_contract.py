import pytest

from renewal.wire import contract


def test_an_office_has_one_of_those_known_or_nobody() -> None:
    known = {"tencent": "T", "aliyun": "A"}
    assert contract.chosen("RENEWAL_X", "aliyun", known) == "A"
    assert contract.chosen("RENEWAL_X", "none", known) is None
    with pytest.raises(ValueError, match="RENEWAL_X 应为 none、tencent、aliyun 之一，不是 'baidu'"):
        contract.chosen("RENEWAL_X", "baidu", known)


def test_what_is_missing_is_named_with_who_needs_it() -> None:
    contract.needed({"RENEWAL_X_KEY": "k"}, "RENEWAL_X")
    with pytest.raises(ValueError, match="RENEWAL_X 还需要设置 RENEWAL_X_ID、RENEWAL_X_NAME"):
        contract.needed({"RENEWAL_X_ID": "", "RENEWAL_X_KEY": "k", "RENEWAL_X_NAME": None}, "RENEWAL_X")


@pytest.mark.parametrize("address", ["", "https://kyc1.qcloud.com", "http://127.0.0.1:8080", "http://[::1]"])
def test_a_provider_is_reached_by_tls_or_on_this_machine(address: str) -> None:
    contract.endpoint("RENEWAL_X_ENDPOINT", address)


@pytest.mark.parametrize("address", ["http://kyc1.qcloud.com", "ftp://127.0.0.1", "kyc1.qcloud.com", "https://"])
def test_another_address_is_none(address: str) -> None:
    with pytest.raises(ValueError, match="RENEWAL_X_ENDPOINT 应以 https:// 开头"):
        contract.endpoint("RENEWAL_X_ENDPOINT", address)


@pytest.mark.parametrize("address", ["https://api.example.cn/v1", "https://api.example.cn/?a=b"])
def test_a_path_that_would_not_be_asked_is_refused(address):
    with pytest.raises(ValueError, match="RENEWAL_X_ENDPOINT 只写到主机和端口"):
        contract.endpoint("RENEWAL_X_ENDPOINT", address)


@pytest.mark.parametrize("proxy", ["http://10.0.0.1:8080", "10.0.0.1", "proxy:x", "a b:80"])
def test_a_proxy_that_is_none_is_named(proxy: str) -> None:
    contract.proxy("")
    contract.proxy("proxy.example.cn:3128")
    with pytest.raises(ValueError, match="RENEWAL_OUTGOING_PROXY 应为 主机:端口"):
        contract.proxy(proxy)
