"""Alibaba Cloud SMS (短信服务): SendSms of 2017-05-25.

Published at help.aliyun.com/zh/sms (SendSms, its error codes, QuerySmsTemplate).
"""

import json
from collections.abc import Mapping
from typing import Any

from renewal.domain.sms import Kind
from renewal.sms.provider import Account, Text
from renewal.wire import acs3
from renewal.wire.asking import Asking
from renewal.wire.trouble import ProviderTrouble, Trouble, by_code

ENDPOINT, VERSION = "https://dysmsapi.aliyuncs.com", "2017-05-25"
APPROVED = 1
TROUBLES = acs3.TROUBLES | {
    "isp.RAM_PERMISSION_DENY": Trouble.CREDENTIALS,
    "isv.INVALID_PARAMETERS": Trouble.OTHER,
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


class Aliyun:
    label = "阿里云短信"

    def __init__(self, account: Account) -> None:
        self.account, asking = account, Asking(account.endpoint or ENDPOINT, account.proxy)
        self._calls = acs3.Calls(asking, VERSION, account.key_id, account.key)

    def send(self, text: Text) -> str:
        """Raises ProviderTrouble."""
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
        raise ProviderTrouble(Trouble.ODD)

    def check(self) -> None:
        """By asking how the template of the codes stands."""
        match self._ask("QuerySmsTemplate", {"TemplateCode": self.account.templates[Kind.CODE]}):
            case {"TemplateStatus": int(status)} if status == APPROVED:
                return
        raise ProviderTrouble(Trouble.TEMPLATE)

    def _ask(self, action: str, asked: Mapping[str, str]) -> dict[str, Any]:
        answer = self._calls.call(action, asked)
        match answer.get("Code"):
            case "OK":
                return answer
            case str(code):
                raise by_code(TROUBLES, code)
        raise ProviderTrouble(Trouble.ODD)
