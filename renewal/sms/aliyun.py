"""Alibaba Cloud SMS (短信服务): SendSms of 2017-05-25, signed as an RPC call (HMAC-SHA1).

Published at help.aliyun.com/zh/sms (SendSms, its error codes, QuerySmsTemplate) and, with this very call as the worked
example, “请求签名” of the same book.
"""

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from renewal.domain.sms import Kind
from renewal.sms import wire
from renewal.sms.provider import Account, Now, SmsTrouble, Text, Trouble, trouble, utc_now

ENDPOINT, VERSION, REGION = "https://dysmsapi.aliyuncs.com", "2017-05-25", "cn-hangzhou"
APPROVED = 1
TROUBLES = {
    "InvalidAccessKeyId": Trouble.CREDENTIALS,
    "IncompleteSignature": Trouble.CREDENTIALS,
    "SignatureDoesNotMatch": Trouble.CREDENTIALS,
    "Forbidden": Trouble.CREDENTIALS,
    "isp.RAM_PERMISSION_DENY": Trouble.CREDENTIALS,
    "isv.INVALID_PARAMETERS": Trouble.OTHER,
    "InvalidTimeStamp": Trouble.CLOCK,
    "Throttling": Trouble.LIMIT,
    "isv.BUSINESS_LIMIT_CONTROL": Trouble.LIMIT,
    "isv.DAY_LIMIT_CONTROL": Trouble.LIMIT,
    "isv.MONTH_LIMIT_CONTROL": Trouble.LIMIT,
    "isv.AMOUNT_NOT_ENOUGH": Trouble.ACCOUNT,
    "isv.OUT_OF_SERVICE": Trouble.ACCOUNT,
    "isv.ACCOUNT_": Trouble.ACCOUNT,
    "isv.PRODUCT_UN": Trouble.ACCOUNT,
    "isv.DENY_IP_RANGE": Trouble.ACCOUNT,
    "isv.SMS_TEMPLATE_ILLEGAL": Trouble.TEMPLATE,
    "isv.SMS_SIGNATURE_ILLEGAL": Trouble.TEMPLATE,
    "isv.SMS_SIGN_ILLEGAL": Trouble.TEMPLATE,
    "isv.TEMPLATE_": Trouble.TEMPLATE,
    "isv.PARAM_": Trouble.TEMPLATE,
    "isv.INVALID_JSON_PARAM": Trouble.TEMPLATE,
    "isv.BLACK_KEY_CONTROL_LIMIT": Trouble.TEMPLATE,
    "isv.MOBILE_NUMBER_ILLEGAL": Trouble.NUMBER,
}


@dataclass(frozen=True, slots=True)
class Aliyun:
    account: Account
    now: Now = utc_now

    def send(self, text: Text) -> str:
        """Raises SmsTrouble."""
        asked = {
            "PhoneNumbers": text.phone,
            "SignName": self.account.sign_name,
            "TemplateCode": self.account.templates[text.kind],
            "TemplateParam": json.dumps(dict(text.parameters), ensure_ascii=False),
            "OutId": text.key,
        }
        match self._ask("SendSms", asked):
            case {"BizId": str(number)}:
                return number
        raise SmsTrouble(Trouble.ODD)

    def check(self) -> None:
        """By asking how the template of the codes stands."""
        match self._ask("QuerySmsTemplate", {"TemplateCode": self.account.templates[Kind.CODE]}):
            case {"TemplateStatus": int(status)} if status == APPROVED:
                return
        raise SmsTrouble(Trouble.TEMPLATE)

    def _ask(self, action: str, asked: Mapping[str, str]) -> dict[str, Any]:
        common = {
            "AccessKeyId": self.account.key_id,
            "Action": action,
            "Format": "JSON",
            "RegionId": REGION,
            "SignatureMethod": "HMAC-SHA1",
            "SignatureNonce": token_hex(16),
            "SignatureVersion": "1.0",
            "Timestamp": f"{self.now():%Y-%m-%dT%H:%M:%SZ}",
            "Version": VERSION,
        }
        parameters = {**common, **asked}
        parameters["Signature"] = signature(self.account.key, "POST", parameters)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = wire.post(self.account.endpoint or ENDPOINT, headers, query(parameters).encode())
        match answer.get("Code"):
            case "OK":
                return answer
            case str(code):
                raise trouble(TROUBLES, code)
        raise SmsTrouble(Trouble.ODD)


def query(parameters: Mapping[str, str]) -> str:
    """Sorted by name, quoted as RFC 3986 has it."""
    return "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in sorted(parameters.items()))


def signature(key: str, method: str, parameters: Mapping[str, str]) -> str:
    """Of all parameters but itself."""
    to_sign = f"{method}&%2F&{quote(query(parameters), safe='~')}"
    return base64.b64encode(hmac.digest(f"{key}&".encode(), to_sign.encode(), "sha1")).decode()
