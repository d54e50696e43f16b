"""Both providers, each against a server that is as strict as its documents."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from renewal.app import create_app
from renewal.domain.sms import PARAMETERS, Kind
from renewal.settings import Settings
from renewal.sms import PROVIDERS
from renewal.sms.provider import Account, Provider, Text
from renewal.wire import asking
from renewal.wire.trouble import ProviderTrouble, Trouble
from tests.doubles.serving import listening
from tests.doubles.sms import APP, DOUBLES, KEY, KEY_ID, SIGN, AliyunDouble, SmsDouble, Taken, TencentDouble

CODE = Text(Kind.CODE, "13800001234", {"code": "042137", "minutes": "10"}, "k1")
OF_TENCENT = {
    "AuthFailure.SignatureExpire": Trouble.CLOCK,
    "AuthFailure.SecretIdNotFound": Trouble.CREDENTIALS,
    "AuthFailure.TokenFailure": Trouble.CREDENTIALS,
    "RequestLimitExceeded.UinLimitExceeded": Trouble.LIMIT,
    "status:LimitExceeded.PhoneNumberDailyLimit": Trouble.LIMIT,
    "status:FailedOperation.InsufficientBalanceInSmsPackage": Trouble.ACCOUNT,
    "status:UnauthorizedOperation.ServiceSuspendDueToArrears": Trouble.ACCOUNT,
    "status:FailedOperation.TemplateIncorrectOrUnapproved": Trouble.TEMPLATE,
    "status:InvalidParameterValue.IncorrectPhoneNumber": Trouble.NUMBER,
    "status:FailedOperation.PhoneNumberInBlacklist": Trouble.NUMBER,
    "InternalError.Timeout": Trouble.OTHER,
}
OF_ALIYUN = {
    "InvalidTimeStamp.Expired": Trouble.CLOCK,
    "InvalidAccessKeyId.Inactive": Trouble.CREDENTIALS,
    "isp.RAM_PERMISSION_DENY": Trouble.CREDENTIALS,
    "Throttling.User": Trouble.LIMIT,
    "isv.BUSINESS_LIMIT_CONTROL": Trouble.LIMIT,
    "isv.AMOUNT_NOT_ENOUGH": Trouble.ACCOUNT,
    "isv.ACCOUNT_ABNORMAL": Trouble.ACCOUNT,
    "isv.OUT_OF_SERVICE": Trouble.ACCOUNT,
    "isv.SMS_TEMPLATE_ILLEGAL": Trouble.TEMPLATE,
    "isv.MOBILE_NUMBER_ILLEGAL": Trouble.NUMBER,
    "Forbidden.RAM": Trouble.ACCOUNT,
    "isp.SYSTEM_ERROR": Trouble.OTHER,
}


@pytest.fixture(params=DOUBLES)
def double(request: pytest.FixtureRequest) -> Iterator[SmsDouble]:
    with listening(DOUBLES[request.param]()) as double:
        yield double


@pytest.fixture
def provider(double: SmsDouble) -> Provider:
    return provider_of(double)


def account_of(double: SmsDouble) -> Account:
    templates = {kind: double.templates[kind] for kind in Kind}
    return Account(KEY_ID, KEY, SIGN, templates, APP, double.address)


def provider_of(double: SmsDouble, **changes: object) -> Provider:
    name = next(name for name, made in DOUBLES.items() if made is type(double))
    return PROVIDERS[name](replace(account_of(double), **changes))


def trouble_of(provider: Provider, text: Text = CODE) -> Trouble:
    with pytest.raises(ProviderTrouble) as caught:
        provider.send(text)
    assert text.phone not in str(caught.value)
    return caught.value.trouble


def test_every_kind_of_message_is_taken_with_what_its_template_asks(double: SmsDouble, provider: Provider) -> None:
    for kind in Kind:
        values = {name: f"{name}-{kind}" for name in PARAMETERS[kind]}
        assert provider.send(replace(CODE, kind=kind, parameters=values, key=f"key of {kind}"))
    assert [taken.kind for taken in double.taken] == list(Kind)
    returned = double.taken[list(Kind).index(Kind.RETURNED)]
    assert returned == Taken("13800001234", "returned", ["tail-returned", "link-returned"], "key of returned")


def test_words_of_any_script_arrive_as_they_were_signed(double: SmsDouble, provider: Provider) -> None:
    provider.send(replace(CODE, kind=Kind.DECIDED, parameters={"tail": "+ /~*%'", "result": "准予延续注册"}))
    assert double.taken[0].parameters == ["+ /~*%'", "准予延续注册"]


@pytest.mark.parametrize(
    ("changes", "trouble"),
    [
        ({"key": "another"}, Trouble.CREDENTIALS),
        ({"key_id": "nobody"}, Trouble.CREDENTIALS),
        ({"sign_name": "别的签名"}, Trouble.TEMPLATE),
        ({"templates": {Kind.CODE: "1"}}, Trouble.TEMPLATE),
    ],
)
def test_what_the_office_set_wrongly_is_said_to_it(double: SmsDouble, changes: dict, trouble: Trouble) -> None:
    assert trouble_of(provider_of(double, **changes)) is trouble
    assert not double.taken


@pytest.mark.parametrize("off", [-1000, 1000])
def test_a_wrong_clock_is_called_one(double: SmsDouble, provider: Provider, off: float) -> None:
    double.off = off
    assert trouble_of(provider) is Trouble.CLOCK


@pytest.mark.parametrize("code", OF_TENCENT)
def test_what_tencent_says_is_understood(code: str) -> None:
    with listening(TencentDouble()) as double:
        double.next.append(code)
        assert trouble_of(provider_of(double)) is OF_TENCENT[code]


@pytest.mark.parametrize("code", OF_ALIYUN)
def test_what_aliyun_says_is_understood(code: str) -> None:
    with listening(AliyunDouble()) as double:
        double.next.append(code)
        assert trouble_of(provider_of(double)) is OF_ALIYUN[code]


def test_a_page_in_html_and_an_answer_that_is_lost_are_trouble_of_the_provider(
    double: SmsDouble, provider: Provider
) -> None:
    double.next.extend(["html", "lost"])
    assert [trouble_of(provider), trouble_of(provider)] == [Trouble.ODD, Trouble.SILENT]


def test_nobody_waits_for_a_silent_provider(double: SmsDouble, provider: Provider, monkeypatch) -> None:
    monkeypatch.setattr(asking, "TOTAL", 0.3)
    double.next.append("silent")
    assert trouble_of(provider) is Trouble.SILENT


def test_a_provider_that_is_not_there_is_silent() -> None:
    with listening(AliyunDouble()) as gone:
        provider = provider_of(gone)
    assert trouble_of(provider) is Trouble.SILENT


def test_credentials_are_tested_without_sending_anything(double: SmsDouble, provider: Provider) -> None:
    provider.check()
    assert (double.checks, double.taken) == (1, [])
    for wrong in ({"key": "another"}, {"templates": {Kind.CODE: "1"}}):
        with pytest.raises(ProviderTrouble):
            provider_of(double, **wrong).check()


def test_a_sub_account_of_tencent_that_may_not_look_is_good_all_the_same() -> None:
    with listening(TencentDouble()) as double:
        double.next.append("FailedOperation.ProhibitSubAccountUse")
        provider_of(double).check()


def test_no_key_stands_in_any_words(double: SmsDouble, provider: Provider) -> None:
    settings = Settings.from_env({"RENEWAL_SMS_KEY": KEY})
    assert KEY not in f"{provider!r} {provider.account!r} {settings!r} {CODE!r}"
    assert CODE.phone not in repr(CODE)


def test_keys_may_stand_in_files(tmp_path, double: SmsDouble) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    settings = Settings.from_env({"RENEWAL_SMS_KEY_FILE": str(tmp_path / "key"), "RENEWAL_SMS_KEY": "an older one"})
    assert settings.sms_key == KEY
    with pytest.raises(ValueError, match="RENEWAL_SMS_KEY_ID_FILE"):
        Settings.from_env({"RENEWAL_SMS_KEY_ID_FILE": str(tmp_path / "none")})


@pytest.mark.parametrize(
    ("changes", "variable"),
    [
        ({"sms_key": ""}, "RENEWAL_SMS_KEY"),
        ({"sms_template_code": ""}, "RENEWAL_SMS_TEMPLATE_CODE"),
        ({"sms_app_id": ""}, "RENEWAL_SMS_APP_ID"),
        ({"sms_endpoint": "http://sms.example.cn"}, "RENEWAL_SMS_ENDPOINT"),
        ({"sms_provider": "pigeon"}, "RENEWAL_SMS_PROVIDER"),
    ],
)
def test_the_app_does_not_start_half_set(tmp_path, changes: dict[str, str], variable: str) -> None:
    good = Settings(
        data=tmp_path,
        sms_provider="tencent",
        sms_app_id=APP,
        sms_key_id=KEY_ID,
        sms_key=KEY,
        sms_sign_name=SIGN,
        sms_template_code="1",
    )
    with pytest.raises(ValueError, match=variable):
        create_app(replace(good, **changes))
