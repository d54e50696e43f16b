"""Tencent Cloud SMS (短信): SendSms of 2021-01-11, signed by TC3-HMAC-SHA256.

Published at cloud.tencent.com/document/product/382/55981 (SendSms), 382/52075 (its errors), 382/52067
(DescribeSmsTemplateList) and 382/52072 (signature v3).
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from time import time
from typing import Any

from renewal.domain.sms import Kind
from renewal.sms.provider import Account, Text
from renewal.wire import contract
from renewal.wire.asking import Asking, Deadline
from renewal.wire.trouble import ProviderTrouble, Trouble, by_code

ENDPOINT, SERVICE, VERSION, REGION = "https://sms.tencentcloudapi.com", "sms", "2021-01-11", "ap-guangzhou"
CONTENT_TYPE = "application/json; charset=utf-8"
APPROVED = 0
NOT_FOR_SUB_ACCOUNTS = "FailedOperation.ProhibitSubAccountUse"
TROUBLES = {
    "AuthFailure": Trouble.CREDENTIALS,
    "AuthFailure.SignatureExpire": Trouble.CLOCK,
    "UnauthorizedOperation": Trouble.CREDENTIALS,
    "LimitExceeded": Trouble.LIMIT,
    "RequestLimitExceeded": Trouble.LIMIT,
    "FailedOperation.InsufficientBalanceInSmsPackage": Trouble.ACCOUNT,
    "UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny": Trouble.ACCOUNT,
    "UnauthorizedOperation.ServiceSuspendDueToArrears": Trouble.ACCOUNT,
    "UnauthorizedOperation.SmsSdkAppIdIsDisabled": Trouble.ACCOUNT,
    "UnauthorizedOperation.SmsSdkAppidIsDisabled": Trouble.ACCOUNT,
    "UnauthorizedOperation.SdkAppIdIsDisabled": Trouble.ACCOUNT,
    "UnauthorizedOperation.SmsSdkAppIdVerifyFail": Trouble.ACCOUNT,
    "UnauthorizedOperation.RequestIpNotInWhitelist": Trouble.ACCOUNT,
    "FailedOperation.SignatureIncorrectOrUnapproved": Trouble.TEMPLATE,
    "FailedOperation.TemplateIncorrectOrUnapproved": Trouble.TEMPLATE,
    "FailedOperation.TemplateParamSetNotMatchApprovedTemplate": Trouble.TEMPLATE,
    "FailedOperation.TemplateIdNotExist": Trouble.TEMPLATE,
    "InvalidParameterValue.TemplateParameterFormatError": Trouble.TEMPLATE,
    "InvalidParameterValue.TemplateParameterLengthLimit": Trouble.TEMPLATE,
    "FailedOperation.PhoneNumberInBlacklist": Trouble.NUMBER,
    "InvalidParameterValue.IncorrectPhoneNumber": Trouble.NUMBER,
}


class Tencent:
    label = "腾讯云短信"

    def __init__(self, account: Account) -> None:
        contract.needed({"RENEWAL_SMS_APP_ID": account.app_id}, "RENEWAL_SMS_PROVIDER")
        self.account, self._asking = account, Asking(account.endpoint or ENDPOINT, account.proxy)

    def send(self, text: Text) -> str:
        """Raises ProviderTrouble."""
        asked = {
            "PhoneNumberSet": [f"+86{text.phone}"],
            "SmsSdkAppId": self.account.app_id,
            "SignName": self.account.sign_name,
            "TemplateId": self.account.templates[text.kind],
            "TemplateParamSet": text.in_order,
            "SessionContext": text.key,
        }
        match self._ask("SendSms", asked).get("SendStatusSet"):
            case [{"Code": "Ok", "SerialNo": str(number)}]:
                return number
            case [{"Code": str(code)}]:
                raise by_code(TROUBLES, code)
        raise ProviderTrouble(Trouble.ODD)

    def check(self) -> None:
        """By asking how the template of the codes stands."""
        asked = {"International": 0, "TemplateIdSet": [int(self.account.templates[Kind.CODE])]}
        try:
            found = self._ask("DescribeSmsTemplateList", asked).get("DescribeTemplateStatusSet")
        except ProviderTrouble as refused:
            if refused.code == NOT_FOR_SUB_ACCOUNTS:  # who may not look may send all the same
                return
            raise
        match found:
            case [{"StatusCode": int(status)}] if status == APPROVED:
                return
        raise ProviderTrouble(Trouble.TEMPLATE)

    def _ask(self, action: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        body, at = json.dumps(asked).encode(), int(time())
        headers = {
            "Content-Type": CONTENT_TYPE,
            "Host": self._asking.host,
            "X-TC-Action": action,
            "X-TC-Version": VERSION,
            "X-TC-Region": REGION,
            "X-TC-Timestamp": str(at),
        }
        signed = authorization(self.account.key_id, self.account.key, SERVICE, headers["Host"], body, at)
        match self._asking.ask(Deadline(), "POST", "/", body, headers | {"Authorization": signed}).get("Response"):
            case {"Error": {"Code": str(code)}}:
                raise by_code(TROUBLES, code)
            case dict(answer):
                return answer
        raise ProviderTrouble(Trouble.ODD)


def authorization(key_id: str, key: str, service: str, host: str, body: bytes, at: int) -> str:
    """The header of that name for a POST to `/` at `at`, in seconds since 1970: signature v3."""
    day = f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"
    names = "content-type;host"
    head = f"content-type:{CONTENT_TYPE}\nhost:{host}\n"
    request = "\n".join(["POST", "/", "", head, names, hashlib.sha256(body).hexdigest()])
    scope = f"{day}/{service}/tc3_request"
    to_sign = f"TC3-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    secret = f"TC3{key}".encode()
    for part in (day, service, "tc3_request"):
        secret = hmac.digest(secret, part.encode(), "sha256")
    signature = hmac.new(secret, to_sign.encode(), "sha256").hexdigest()
    return f"TC3-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
