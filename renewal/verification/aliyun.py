"""阿里云金融级实人认证, H5: InitFaceVerify, the page of Alibaba Cloud, DescribeFaceVerify.

Published at help.aliyun.com/zh/id-verification/financial-grade-id-verification: server-side-integration-2 (the two
calls), code-collection (the codes).
"""

import json
from typing import Any
from urllib.parse import urlsplit

from renewal.verification.method import VerificationRefused
from renewal.verification.provider import Account, Claim, NotFinished, Result, Started
from renewal.wire import acs3, contract
from renewal.wire.asking import Asking
from renewal.wire.trouble import ProviderTrouble, Trouble, by_code

VERSION = "2019-03-07"
UNFINISHED = frozenset({"403", "424"})
UNKNOWN_ORDER = frozenset({"406", *UNFINISHED})
"""What is answered about an order that nobody began, to whoever may ask: how credentials are checked."""
REFUSALS = {
    "401": "服务商不接受这个姓名或身份证号码，请核对",
    "414": "这部手机或这个浏览器不能刷脸",
    "415": "这部手机或这个浏览器不能刷脸",
    "416": "这部手机或这个浏览器不能刷脸",
    "417": "服务商查不到可以比对的照片",
    "418": "今天试的次数太多了",
    "427": "服务商出于安全考虑没有核验",
}
TROUBLES = acs3.TROUBLES | {
    "402": Trouble.ACCOUNT,
    "404": Trouble.ACCOUNT,
    "410": Trouble.ACCOUNT,
    "411": Trouble.ACCOUNT,
    "412": Trouble.ACCOUNT,
}
WORDS = {
    "201": "姓名和身份证号码对不上，请核对",
    "202": "服务商查不到身份信息",
    "203": "服务商查不到可以比对的照片",
    "204": "没有认出是本人",
    "205": "没有认出是真人在操作",
}
PHONES = ("Mobile", "Android", "iPhone", "iPad")


class Aliyun:
    name = "aliyun"
    company = "阿里云"
    label = "阿里云实人认证"
    endpoint = "https://cloudauth.aliyuncs.com"

    def __init__(self, account: Account) -> None:
        contract.needed({"RENEWAL_FACE_SCENE": account.scene}, "RENEWAL_FACE_PROVIDER")
        self._scene = account.scene
        asking = Asking(account.endpoint or self.endpoint, account.proxy)
        self._calls = acs3.Calls(asking, VERSION, account.key_id, account.key)

    def start(self, claim: Claim) -> Started:
        asked = {
            "OuterOrderNo": claim.number,
            "ProductCode": "ID_PRO",
            "CertType": "IDENTITY_CARD",
            "CertName": claim.name,
            "CertNo": claim.id_number,
            "ReturnUrl": claim.back,
            "MetaInfo": meta_info(claim.agent),
            "UserId": claim.user,
        }
        answer = self._call("InitFaceVerify", asked)
        if (code := _code(answer)) in REFUSALS:
            raise VerificationRefused(REFUSALS[code])
        found = _result(answer)
        url, reference = found.get("CertifyUrl"), found.get("CertifyId")
        if not isinstance(url, str) or not isinstance(reference, str) or not self._is_page(url):
            raise ProviderTrouble(Trouble.ODD, "CertifyUrl")
        return Started(url, reference)

    def result(self, _number: str, reference: str, /) -> Result:
        # The order's number is ours alone; the answer's only link to it is the reference under which it was begun.
        answer = self._call("DescribeFaceVerify", {"CertifyId": reference})
        if (code := _code(answer)) in UNFINISHED:
            raise NotFinished
        if code in REFUSALS:
            return Result(False, code, REFUSALS[code])
        found = _result(answer)
        sub = str(found.get("SubCode"))[:20]
        if found.get("Passed") not in ("T", "F"):
            raise ProviderTrouble(Trouble.ODD, "Passed")
        return Result(found["Passed"] == "T", sub, WORDS.get(sub, ""))

    def check(self) -> None:
        answer = self._call("DescribeFaceVerify", {"CertifyId": "0" * 32})
        if _code(answer) not in UNKNOWN_ORDER:
            _result(answer)

    def _call(self, action: str, asked: dict[str, str]) -> dict[str, Any]:
        return self._calls.call(action, {"SceneId": self._scene, **asked})

    def _is_page(self, url: str) -> bool:
        scheme = urlsplit(self._calls.asking.endpoint).scheme
        return url.startswith(f"{scheme}://")


def meta_info(agent: str) -> str:
    """What Alibaba Cloud's script would say of the browser, in the form published with the parameter. The script
    itself is not loaded: no stranger's code runs on a page with ID numbers."""
    device = "h5" if any(word in agent for word in PHONES) else "web"
    return json.dumps({"bioMetaInfo": "4.1.0:2916352,0", "deviceType": device, "ua": agent[:400]})


def _code(answer: dict[str, Any]) -> str:
    return str(answer.get("Code"))


def _result(answer: dict[str, Any]) -> dict[str, Any]:
    if (code := _code(answer)) != "200":
        raise by_code(TROUBLES, code) if "Code" in answer else ProviderTrouble(Trouble.ODD, "Code")
    found = answer.get("ResultObject")
    if not isinstance(found, dict):
        raise ProviderTrouble(Trouble.ODD, "ResultObject")
    return found
