from datetime import UTC, datetime

from renewal.wire import acs3

# help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature, the example with fixed values
IMAGE = "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"
PUBLISHED = (
    "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;"
    "x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
)


def test_the_published_example_is_signed_as_published():
    query = acs3.query({"RegionId": "cn-shanghai", "ImageId": IMAGE})
    at = datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC)
    nonce, host = "3156853299f313e23d1673dc12e1703d", "ecs.cn-shanghai.aliyuncs.com"
    headers = acs3.headers(host, "RunInstances", "2014-05-26", nonce, at)
    assert acs3.authorization("YourAccessKeyId", "YourAccessKeySecret", "POST", query, headers) == PUBLISHED


def test_values_are_quoted_as_the_signature_wants_them():
    assert acs3.query({"b": "a b*~", "a": "李/=&"}) == "a=%E6%9D%8E%2F%3D%26&b=a%20b%2A~"
