"""腾讯云人脸核身, H5 in a phone's browser: getAdvFaceId, the page of Tencent, queryfacerecord.

Published at cloud.tencent.com/document/product/1007: 57613 (tickets), 61073 and 114177 (getAdvFaceId), 61074 (the
page), 114181 (the result), signing at 655/32412.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from renewal.verification.method import VerificationRefused
from renewal.verification.provider import Account, Claim, NotFinished, Result, Started
from renewal.wire.asking import Asking, Deadline
from renewal.wire.trouble import ProviderTrouble, Trouble

VERSION = "1.0.0"
DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+(?:qcloud\.com|tencentcloudapi\.com|tencent\.com|webank\.com)")
REFUSED = "6666"
"""So begin the codes that speak of the person."""
UNFINISHED = frozenset({"66660018"})
"""操作超时，请退出重试: what is said of an order that nobody has brought to its end."""
WORDS = {
    "66660004": "没有认出是本人",
    "66660010": "姓名和身份证号码对不上，请核对",
    "66660011": "查不到可以比对的照片",
    "66660015": "姓名和身份证号码对不上，请核对",
    "66660017": "今天试的次数太多了",
}


def sign(values: Iterable[str]) -> str:
    """SHA-1 of the values in their order, 40 hex digits."""
    return hashlib.sha1("".join(sorted(values)).encode(), usedforsecurity=False).hexdigest().upper()


class Tencent:
    name = "tencent"
    company = "腾讯云"
    label = "腾讯云人脸核身"
    endpoint = "https://kyc1.qcloud.com"

    def __init__(self, account: Account) -> None:
        self._id, self._key = account.key_id, account.key
        self._asking = Asking(account.endpoint or self.endpoint, account.proxy)

    def start(self, claim: Claim) -> Started:
        deadline, nonce = Deadline(), _nonce()
        token = self._token(deadline)
        ticket = self._ticket(deadline, token, type="SIGN")
        asked = {"orderNo": claim.number, "name": claim.name, "idNo": claim.id_number, "userId": claim.user}
        signed = sign([self._id, claim.user, VERSION, ticket, nonce])
        answer = self._post(deadline, "/api/server/getAdvFaceId", asked | {"nonce": nonce, "sign": signed})
        if (code := str(answer.get("code"))).startswith(REFUSED):
            raise VerificationRefused(WORDS.get(code, ""))
        found = _result(answer)
        face = _text(found, "faceId")
        page_ticket = self._ticket(deadline, token, type="NONCE", user_id=claim.user)
        return Started(self._page(claim, face, page_ticket, str(found.get("optimalDomain") or "")), face)

    def result(self, number: str, _reference: str, /) -> Result:
        deadline, nonce = Deadline(), _nonce()
        ticket = self._ticket(deadline, self._token(deadline), type="SIGN")
        signed = sign([self._id, number, VERSION, ticket, nonce])
        # Without getFile neither photo nor video comes along.
        asked = {"orderNo": number, "nonce": nonce, "sign": signed}
        answer = self._post(deadline, "/api/v2/base/queryfacerecord", asked)
        code = str(answer.get("code"))
        if code in UNFINISHED:
            raise NotFinished
        if code.startswith(REFUSED):
            return Result(False, code[:20], WORDS.get(code, ""))
        if _text(_result(answer), "orderNo") != number:
            raise ProviderTrouble(Trouble.ODD, "orderNo")
        return Result(True, code)

    def check(self) -> None:
        deadline = Deadline()
        self._ticket(deadline, self._token(deadline), type="SIGN")

    def _token(self, deadline: Deadline) -> str:
        asked = {"appId": self._id, "secret": self._key, "grant_type": "client_credential", "version": VERSION}
        return _text(self._get(deadline, "/api/oauth2/access_token", asked), "access_token")

    def _ticket(self, deadline: Deadline, token: str, **kind: str) -> str:
        asked = {"appId": self._id, "access_token": token, "version": VERSION, **kind}
        tickets = self._get(deadline, "/api/oauth2/api_ticket", asked).get("tickets")
        if not isinstance(tickets, list) or not tickets or not isinstance(tickets[0], dict):
            raise ProviderTrouble(Trouble.ODD, "tickets")
        return _text(tickets[0], "value")

    def _get(self, deadline: Deadline, path: str, asked: dict[str, str]) -> dict[str, Any]:
        answer = self._asking.ask(deadline, "GET", f"{path}?{urlencode(asked)}")
        _refuse_trouble(answer, Trouble.CREDENTIALS)  # nothing but them is asked about here
        return answer

    def _post(self, deadline: Deadline, path: str, asked: dict[str, str]) -> dict[str, Any]:
        body = json.dumps({"appId": self._id, "version": VERSION, **asked}).encode()
        headers = {"Content-Type": "application/json"}
        return self._asking.ask(deadline, "POST", f"{path}?orderNo={asked['orderNo']}", body, headers)

    def _page(self, claim: Claim, face: str, ticket: str, domain: str) -> str:
        """Tencent names the nearest of its own hosts; any other is not gone to. The ticket is good for two minutes."""
        nonce = _nonce()
        asked = {
            "appId": self._id,
            "version": VERSION,
            "nonce": nonce,
            "orderNo": claim.number,
            "faceId": face,
            "url": claim.back,
            "resultType": "1",
            "userId": claim.user,
            "sign": sign([self._id, claim.user, claim.number, VERSION, face, ticket, nonce]),
            "from": "browser",
            "redirectType": "1",
        }
        tls = urlsplit(self._asking.endpoint).scheme == "https"
        host = f"https://{domain}" if tls and DOMAIN.fullmatch(domain) else self._asking.endpoint
        return f"{host}/api/web/login?{urlencode(asked, quote_via=quote)}"


def _nonce() -> str:
    return secrets.token_hex(16)


def _refuse_trouble(answer: dict[str, Any], trouble: Trouble) -> None:
    if (code := str(answer.get("code"))) != "0":
        raise ProviderTrouble(trouble if code.lstrip("-").isdecimal() else Trouble.ODD, code[:20])


def _result(answer: dict[str, Any]) -> dict[str, Any]:
    _refuse_trouble(answer, Trouble.ACCOUNT)
    result = answer.get("result")
    if not isinstance(result, dict):
        raise ProviderTrouble(Trouble.ODD, "result")
    return result


def _text(values: dict[str, Any], name: str) -> str:
    if not isinstance(value := values.get(name), str) or not value:
        raise ProviderTrouble(Trouble.ODD, name)
    return value
