from renewal.sms.tencent import authorization


def test_a_request_is_signed_as_tencents_document_signs_it() -> None:
    """The example of “签名方法 v3”, published at cloud.tencent.com/document/product/382/52072 and, with the keys in
    full, at intl.cloud.tencent.com/document/product/267/30852."""
    body = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    key_id, key = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
    assert authorization(key_id, key, "cvm", "cvm.tencentcloudapi.com", body, 1551113065) == (
        f"TC3-HMAC-SHA256 Credential={key_id}/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, "
        "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    )
