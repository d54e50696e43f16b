from renewal.sms.aliyun import signature


def test_sending_is_signed_as_aliyuns_document_signs_it() -> None:
    """The example of “请求签名” of 短信服务, published at help.aliyun.com/document_detail/56189.html."""
    parameters = {
        "AccessKeyId": "testId",
        "Action": "SendSms",
        "Format": "XML",
        "OutId": "123",
        "PhoneNumbers": "15300000001",
        "RegionId": "cn-hangzhou",
        "SignName": "阿里云短信测试专用",
        "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": "45e25e9b-0a6f-4070-8c85-2956eda1b466",
        "SignatureVersion": "1.0",
        "TemplateCode": "SMS_71390007",
        "TemplateParam": '{"customer":"test"}',
        "Timestamp": "2017-07-12T02:42:19Z",
        "Version": "2017-05-25",
    }
    assert signature("testSecret", "GET", parameters) == "zJDF+Lrzhj/ThnlvIToysFRq6t4="
