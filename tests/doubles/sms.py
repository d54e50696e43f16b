"""Two providers of text messages, as strict as they say they are: each verifies signature, time, nonce, the fields that
are needed and the parameters of the template before it takes a message. Signed here anew, by their documents."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from tests.doubles.acs3 import Gate, error
from tests.doubles.serving import Asked, Double, Fields, Told

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


@dataclass(frozen=True)
class Taken:
    phone: str
    kind: str
    parameters: list[str]
    key: str


class SmsDouble(Double):
    """`taken` is what would be on the phones."""

    templates: ClassVar[Mapping[str, str]]

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[Taken] = []
        self.checks = 0

    def refused(self, code: str) -> Told:
        return Told(self.error(code))


class TencentDouble(SmsDouble):
    """sms.tencentcloudapi.com of 2021-01-11."""

    templates: ClassVar = {kind: str(1110 + number) for number, kind in enumerate(TEMPLATES)}

    def error(self, code: str) -> Mapping[str, Any]:
        if code.startswith("status:"):  # taken apart by number, not for the whole request
            return self._status(code.removeprefix("status:"), "", "")
        return {"Response": {"Error": {"Code": code, "Message": "refused"}, "RequestId": "r"}}

    def answer(self, sent: Asked) -> Mapping[str, Any]:
        headers = sent.headers
        self._authenticate(headers, sent.body)
        asked = json.loads(sent.body)
        if headers["x-tc-action"] == "DescribeSmsTemplateList":
            return self._templates(asked)
        if headers["x-tc-action"] != "SendSms":
            raise self.refused("InvalidAction")
        if asked.get("SmsSdkAppId") != APP:
            raise self.refused("UnauthorizedOperation.SmsSdkAppIdVerifyFail")
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

    def _status(self, code: str, phone: str, context: str) -> Mapping[str, Any]:
        status = {"SerialNo": f"5000:{len(self.taken)}", "PhoneNumber": phone, "Fee": int(code == "Ok")}
        status |= {"SessionContext": context, "Code": code, "Message": "", "IsoCode": "CN"}
        return {"Response": {"SendStatusSet": [status], "RequestId": "r"}}

    def _templates(self, asked: dict) -> Mapping[str, Any]:
        self.checks += 1
        if asked.get("International") != 0:
            raise self.refused("MissingParameter")
        known = [number for number in asked["TemplateIdSet"] if str(number) in self.templates.values()]
        found = [{"TemplateId": number, "StatusCode": 0, "ReviewReply": ""} for number in known]
        return {"Response": {"DescribeTemplateStatusSet": found, "RequestId": "r"}}

    def _authenticate(self, headers: Mapping[str, str], body: bytes) -> None:
        at = int(headers["x-tc-timestamp"])
        if abs(datetime.now(UTC).timestamp() + self.off - at) > 300:
            raise self.refused("AuthFailure.SignatureExpire")
        if headers["x-tc-version"] != "2021-01-11":
            raise self.refused("NoSuchVersion")
        if not headers.get("x-tc-region"):
            raise self.refused("MissingParameter")
        day = f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"
        found = re.fullmatch(
            rf"TC3-HMAC-SHA256 Credential=(\S+)/{day}/sms/tc3_request, SignedHeaders=(\S+), Signature=([0-9a-f]{{64}})",
            headers["authorization"],
        )
        if not found or not {"content-type", "host"} <= set(found[2].split(";")):
            raise self.refused("AuthFailure.InvalidAuthorization")
        if found[1] != KEY_ID:
            raise self.refused("AuthFailure.SecretIdNotFound")
        signed = "".join(f"{name}:{headers[name].strip()}\n" for name in found[2].split(";"))
        request = f"POST\n/\n\n{signed}\n{found[2]}\n{hashlib.sha256(body).hexdigest()}"
        text = f"TC3-HMAC-SHA256\n{at}\n{day}/sms/tc3_request\n{hashlib.sha256(request.encode()).hexdigest()}"
        key = _hmac(_hmac(_hmac(f"TC3{KEY}".encode(), day), "sms"), "tc3_request")
        if _hmac(key, text).hex() != found[3]:
            raise self.refused("AuthFailure.SignatureFailure")


class AliyunDouble(SmsDouble):
    """dysmsapi.aliyuncs.com of 2017-05-25."""

    templates: ClassVar = {kind: f"SMS_15305{number}" for number, kind in enumerate(TEMPLATES)}

    def __init__(self) -> None:
        super().__init__()
        self.gate = Gate(KEY_ID, "2017-05-25")

    def error(self, code: str) -> Mapping[str, Any]:
        return error(code)

    def answer(self, sent: Asked) -> Mapping[str, Any]:
        self.gate.check(sent, KEY, self.off)
        action, asked = sent.headers["x-acs-action"], sent.query
        kind = next((kind for kind, code in self.templates.items() if code == asked.get("TemplateCode")), "")
        if action == "QuerySmsTemplate":
            self.checks += 1
            if not kind:
                raise self.refused("isv.SMS_TEMPLATE_ILLEGAL")
            return {"Code": "OK", "TemplateCode": asked["TemplateCode"], "TemplateStatus": 1, "RequestId": "r"}
        if action != "SendSms":
            raise self.refused("InvalidAction.NotFound")
        self.taken.append(self._message(asked, kind))
        return {"Code": "OK", "Message": "OK", "BizId": f"9006{len(self.taken)}^0", "RequestId": "r"}

    def _message(self, asked: Fields, kind: str) -> Taken:
        if asked.get("SignName") != SIGN:
            raise self.refused("isv.SMS_SIGNATURE_ILLEGAL")
        if not kind:
            raise self.refused("isv.SMS_TEMPLATE_ILLEGAL")
        if not PHONE.fullmatch(asked.get("PhoneNumbers", "")):
            raise self.refused("isv.MOBILE_NUMBER_ILLEGAL")
        given = json.loads(asked.get("TemplateParam", "{}"))
        if not all(isinstance(value, str) for value in given.values()):
            raise self.refused("isv.INVALID_JSON_PARAM")
        if any("://" in value for value in given.values()):
            raise self.refused("isv.PARAM_NOT_SUPPORT_URL")
        if not set(NAMES[kind]) <= given.keys():
            raise self.refused("isv.TEMPLATE_MISSING_PARAMETERS")
        return Taken(asked["PhoneNumbers"], kind, [given[name] for name in NAMES[kind]], asked.get("OutId", ""))


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


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), "sha256").digest()
