"""Alibaba Cloud's side of 金融级实人认证 as its documentation has it (help.aliyun.com/zh/id-verification, and V3 of
the request signature). Strict about the signature, the clock, the nonce and every required parameter."""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from tests.doubles.serving import Double, Fields, Told

KEY_ID, KEY, SCENE = "LTAItest", "k3y-of-nobody", "1000000006"
SIGNED = ["host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"]
REQUIRED = {"OuterOrderNo", "ProductCode", "CertType", "CertName", "CertNo", "ReturnUrl", "MetaInfo", "UserId"}
AUTHORIZATION = re.compile(r"ACS3-HMAC-SHA256 Credential=(\w+),SignedHeaders=([a-z0-9;-]+),Signature=([0-9a-f]{64})")


def refused(code: str) -> Told:
    return Told({"RequestId": "130A2C10", "HostId": "cloudauth", "Code": code, "Message": "…"}, 400)


def told(code: str, **result: Any) -> Mapping[str, Any]:
    return {"RequestId": "130A2C10", "Code": code, "Message": "…", "ResultObject": result}


class AliyunDouble(Double):
    """`late` sets its clock; `sub_code` is what becomes of a person who does not pass."""

    def __init__(self) -> None:
        super().__init__()
        self.key = KEY
        self.late = timedelta()
        self.nonces: set[str] = set()
        self.start_code = "200"
        self.sub_code = "204"

    def answer(self, path: str, query: Fields, headers: Mapping[str, str], body: bytes) -> Mapping[str, Any]:
        self._check_signature(path, query, headers, body)
        if query.pop("SceneId", "") != SCENE:
            return told("404")
        match headers["x-acs-action"]:
            case "InitFaceVerify":
                return self._begin(query)
            case "DescribeFaceVerify":
                return self._describe(query)
        raise refused("InvalidAction.NotFound")

    def page(self, path: str, _query: Fields) -> tuple[str, Fields]:
        order = self._by_certify_id(path.rpartition("/")[2])
        if not order or "passed" in order:
            raise refused("406")
        return order["ReturnUrl"], order

    def finish(self, order: Fields, passed: bool) -> str:
        order["passed"] = "T" if passed else "F"
        response = {"code": 1000 if passed else 2006, "extInfo": {"certifyId": order["id"]}}
        return f"{order['ReturnUrl']}?response={quote(json.dumps(response))}"

    def _check_signature(self, path: str, query: Fields, headers: Mapping[str, str], body: bytes) -> None:
        key_id, names, signature = AUTHORIZATION.fullmatch(headers["Authorization"]).groups()
        if key_id != KEY_ID:
            raise refused("InvalidAccessKeyId.NotFound")
        sent = datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if abs(datetime.now(UTC) + self.late - sent) > timedelta(seconds=300):
            raise refused("InvalidTimeStamp.Expired")
        if headers["x-acs-signature-nonce"] in self.nonces:
            raise refused("SignatureNonceUsed")
        self.nonces.add(headers["x-acs-signature-nonce"])
        digest = hashlib.sha256(body).hexdigest()
        if names.split(";") != SIGNED or headers["x-acs-content-sha256"] != digest or path != "/":
            raise refused("IncompleteSignature")
        pairs = "&".join(f"{quote(name, safe='')}={quote(query[name], safe='')}" for name in sorted(query))
        lines = "".join(f"{name}:{headers[name]}\n" for name in SIGNED)
        request = f"POST\n/\n{pairs}\n{lines}\n{names}\n{digest}"
        to_sign = f"ACS3-HMAC-SHA256\n{hashlib.sha256(request.encode()).hexdigest()}"
        if signature != hmac.digest(self.key.encode(), to_sign.encode(), "sha256").hex():
            raise refused("SignatureDoesNotMatch")

    def _begin(self, query: Fields) -> Mapping[str, Any]:
        if set(query) != REQUIRED or not all(query.values()):
            return told("400")
        meta = json.loads(query["MetaInfo"])
        fixed = (query["ProductCode"], query["CertType"]) == ("ID_PRO", "IDENTITY_CARD")
        number = query["OuterOrderNo"]
        fresh = re.fullmatch("[A-Za-z0-9]{32}", number) and number not in self.orders
        if not fixed or not fresh or len(query["CertNo"]) != 18 or set(meta) != {"bioMetaInfo", "deviceType", "ua"}:
            return told("401")
        if self.start_code != "200":
            return told(self.start_code)
        order = {"number": number, "id": secrets.token_hex(16), **query}
        self.orders[number] = order | {"name": query["CertName"], "id_number": query["CertNo"]}
        return told("200", CertifyId=order["id"], CertifyUrl=f"{self.address}/page/{order['id']}")

    def _describe(self, query: Fields) -> Mapping[str, Any]:
        order = self._by_certify_id(query["CertifyId"])
        if not order:
            return told("406")
        if "passed" not in order:
            return told("424")
        sub_code = "200" if order["passed"] == "T" else self.sub_code
        return told("200", Passed=order["passed"], SubCode=sub_code, IdentityInfo=None, MaterialInfo="{}")

    def _by_certify_id(self, certify_id: str) -> Fields:
        return next((order for order in self.orders.values() if order["id"] == certify_id), {})
