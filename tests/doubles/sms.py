"""Two providers of text messages, as strict as they say they are: each verifies signature, time, nonce, the fields that
are needed and the parameters of the template before it takes a message. Signed here anew, by their documents."""

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ClassVar
from urllib.parse import parse_qsl, quote

from tests.doubles.http import Double

KEY_ID, KEY, SIGN, APP = "AKIDofthetests", "secret-of-the-tests", "延续注册", "1400006666"
TEMPLATES = {"code": 2, "submitted": 1, "returned": 2, "accepted": 1, "decided": 2, "expiring": 1}
"""How many variables each has."""
NAMES = {
    "code": ["code", "minutes"],
    "submitted": ["tail"],
    "returned": ["tail", "link"],
    "accepted": ["tail"],
    "decided": ["tail", "result"],
    "expiring": ["days"],
}
PHONE = re.compile(r"1[3-9][0-9]{9}")


class Refused(Exception):
    """With the provider's code."""


@dataclass(frozen=True)
class Taken:
    phone: str
    kind: str
    parameters: list[str]
    key: str


@dataclass
class SmsDouble(Double):
    """`taken` is what would be on the phones; `off` are seconds by which its clock is ahead of ours."""

    taken: list[Taken] = field(default_factory=list)
    checks: int = 0
    off: float = 0

    def __post_init__(self) -> None:
        Double.__init__(self)

    def answer(self, headers: dict[str, str], body: bytes) -> bytes:
        try:
            return self.handle(headers, body)
        except Refused as refused:
            return self.error(str(refused))

    def handle(self, headers: dict[str, str], body: bytes) -> bytes:
        raise NotImplementedError

    def now(self) -> float:
        return datetime.now(UTC).timestamp() + self.off


class TencentDouble(SmsDouble):
    """sms.tencentcloudapi.com of 2021-01-11."""

    templates: ClassVar = {kind: str(1110 + number) for number, kind in enumerate(TEMPLATES)}

    def error(self, code: str) -> bytes:
        if code.startswith("status:"):  # taken apart by number, not for the whole request
            return self._status(code.removeprefix("status:"), "", "")
        return _json({"Response": {"Error": {"Code": code, "Message": "refused"}, "RequestId": "r"}})

    def handle(self, headers: dict[str, str], body: bytes) -> bytes:
        self._authenticate(headers, body)
        asked = json.loads(body)
        if headers["x-tc-action"] == "DescribeSmsTemplateList":
            return self._templates(asked)
        if headers["x-tc-action"] != "SendSms":
            raise Refused("InvalidAction")
        if asked.get("SmsSdkAppId") != APP:
            raise Refused("UnauthorizedOperation.SmsSdkAppIdVerifyFail")
        kind = next((kind for kind, number in self.templates.items() if number == asked.get("TemplateId")), "")
        (phone,) = asked["PhoneNumberSet"]
        code = self._code(asked, kind, phone)
        if code == "Ok":
            key = asked["SessionContext"]
            self.taken.append(Taken(phone.removeprefix("+86"), kind, asked["TemplateParamSet"], key))
        return self._status(code, phone, asked.get("SessionContext", ""))

    def _code(self, asked: dict, kind: str, phone: str) -> str:
        if asked.get("SignName") != SIGN:
            return "FailedOperation.SignatureIncorrectOrUnapproved"
        if not kind:
            return "FailedOperation.TemplateIncorrectOrUnapproved"
        values = asked.get("TemplateParamSet", [])
        if len(values) != TEMPLATES[kind] or not all(isinstance(value, str) for value in values):
            return "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"
        if not PHONE.fullmatch(phone.removeprefix("+86")):
            return "InvalidParameterValue.IncorrectPhoneNumber"
        return "Ok"

    def _status(self, code: str, phone: str, context: str) -> bytes:
        status = {"SerialNo": f"5000:{len(self.taken)}", "PhoneNumber": phone, "Fee": int(code == "Ok")}
        status |= {"SessionContext": context, "Code": code, "Message": "", "IsoCode": "CN"}
        return _json({"Response": {"SendStatusSet": [status], "RequestId": "r"}})

    def _templates(self, asked: dict) -> bytes:
        self.checks += 1
        if asked.get("International") != 0:
            raise Refused("MissingParameter")
        known = [number for number in asked["TemplateIdSet"] if str(number) in self.templates.values()]
        found = [{"TemplateId": number, "StatusCode": 0, "ReviewReply": ""} for number in known]
        return _json({"Response": {"DescribeTemplateStatusSet": found, "RequestId": "r"}})

    def _authenticate(self, headers: dict[str, str], body: bytes) -> None:
        at = int(headers["x-tc-timestamp"])
        if abs(self.now() - at) > 300:
            raise Refused("AuthFailure.SignatureExpire")
        if headers["x-tc-version"] != "2021-01-11":
            raise Refused("NoSuchVersion")
        if not headers.get("x-tc-region"):
            raise Refused("MissingParameter")
        day = f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"
        found = re.fullmatch(
            rf"TC3-HMAC-SHA256 Credential=(\S+)/{day}/sms/tc3_request, SignedHeaders=(\S+), Signature=([0-9a-f]{{64}})",
            headers["authorization"],
        )
        if not found or not {"content-type", "host"} <= set(found[2].split(";")):
            raise Refused("AuthFailure.InvalidAuthorization")
        if found[1] != KEY_ID:
            raise Refused("AuthFailure.SecretIdNotFound")
        signed = "".join(f"{name}:{headers[name].strip()}\n" for name in found[2].split(";"))
        request = f"POST\n/\n\n{signed}\n{found[2]}\n{hashlib.sha256(body).hexdigest()}"
        text = f"TC3-HMAC-SHA256\n{at}\n{day}/sms/tc3_request\n{hashlib.sha256(request.encode()).hexdigest()}"
        key = _hmac(_hmac(_hmac(f"TC3{KEY}".encode(), day), "sms"), "tc3_request")
        if _hmac(key, text).hex() != found[3]:
            raise Refused("AuthFailure.SignatureFailure")


class AliyunDouble(SmsDouble):
    """dysmsapi.aliyuncs.com of 2017-05-25."""

    templates: ClassVar = {kind: f"SMS_15305{number}" for number, kind in enumerate(TEMPLATES)}

    def __post_init__(self) -> None:
        super().__post_init__()
        self.nonces: set[str] = set()

    def error(self, code: str) -> bytes:
        return _json({"Code": code, "Message": "refused", "RequestId": "r"})

    def handle(self, headers: dict[str, str], body: bytes) -> bytes:
        if headers["content-type"] != "application/x-www-form-urlencoded":
            raise Refused("UnsupportedHTTPMethod")
        asked = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
        self._authenticate(asked)
        kind = next((kind for kind, code in self.templates.items() if code == asked.get("TemplateCode")), "")
        if asked["Action"] == "QuerySmsTemplate":
            self.checks += 1
            if not kind:
                raise Refused("isv.SMS_TEMPLATE_ILLEGAL")
            return _json({"Code": "OK", "TemplateCode": asked["TemplateCode"], "TemplateStatus": 1, "RequestId": "r"})
        if asked["Action"] != "SendSms":
            raise Refused("InvalidAction.NotFound")
        self.taken.append(self._message(asked, kind))
        return _json({"Code": "OK", "Message": "OK", "BizId": f"9006{len(self.taken)}^0", "RequestId": "r"})

    def _message(self, asked: dict[str, str], kind: str) -> Taken:
        if asked.get("SignName") != SIGN:
            raise Refused("isv.SMS_SIGNATURE_ILLEGAL")
        if not kind:
            raise Refused("isv.SMS_TEMPLATE_ILLEGAL")
        if not PHONE.fullmatch(asked.get("PhoneNumbers", "")):
            raise Refused("isv.MOBILE_NUMBER_ILLEGAL")
        given = json.loads(asked.get("TemplateParam", "{}"))
        if not all(isinstance(value, str) for value in given.values()):
            raise Refused("isv.INVALID_JSON_PARAM")
        if any("://" in value for value in given.values()):
            raise Refused("isv.PARAM_NOT_SUPPORT_URL")
        if not set(NAMES[kind]) <= given.keys():
            raise Refused("isv.TEMPLATE_MISSING_PARAMETERS")
        return Taken(asked["PhoneNumbers"], kind, [given[name] for name in NAMES[kind]], asked.get("OutId", ""))

    def _authenticate(self, asked: dict[str, str]) -> None:
        if asked.get("Version") != "2017-05-25" or asked.get("SignatureVersion") != "1.0":
            raise Refused("InvalidVersion")
        at = datetime.strptime(asked["Timestamp"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if abs(self.now() - at.timestamp()) > 900:
            raise Refused("InvalidTimeStamp.Expired")
        if asked.get("AccessKeyId") != KEY_ID:
            raise Refused("InvalidAccessKeyId.NotFound")
        if asked["SignatureNonce"] in self.nonces:
            raise Refused("SignatureNonceUsed")
        self.nonces.add(asked["SignatureNonce"])
        others = sorted((name, value) for name, value in asked.items() if name != "Signature")
        canonical = "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in others)
        text = f"POST&{quote('/', safe='')}&{quote(canonical, safe='-_.~')}"
        wanted = base64.b64encode(hmac.new(f"{KEY}&".encode(), text.encode(), "sha1").digest()).decode()
        if asked.get("SignatureMethod") != "HMAC-SHA1" or wanted != asked.get("Signature"):
            raise Refused("SignatureDoesNotMatch")


DOUBLES = {"tencent": TencentDouble, "aliyun": AliyunDouble}


def environment(name: str, double: SmsDouble) -> dict[str, str]:
    """What an office sets to send by it."""
    return {
        "RENEWAL_SMS_PROVIDER": name,
        "RENEWAL_SMS_APP_ID": APP,
        "RENEWAL_SMS_SIGN_NAME": SIGN,
        "RENEWAL_SMS_KEY_ID": KEY_ID,
        "RENEWAL_SMS_KEY": KEY,
        "RENEWAL_SMS_ENDPOINT": double.address,
        **{f"RENEWAL_SMS_TEMPLATE_{kind.upper()}": number for kind, number in double.templates.items()},
    }


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), "sha256").digest()
