"""Alibaba Cloud's side of 金融级实人认证 as its documentation has it (help.aliyun.com/zh/id-verification). Strict about
every required parameter."""

import json
import re
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from tests.doubles.acs3 import Gate, error, refused
from tests.doubles.face_page import FaceDouble
from tests.doubles.serving import Asked, Fields

KEY_ID, KEY, SCENE = "LTAItest", "k3y-of-nobody", "1000000006"
REQUIRED = {"OuterOrderNo", "ProductCode", "CertType", "CertName", "CertNo", "ReturnUrl", "MetaInfo", "UserId"}


def told(code: str, **result: Any) -> Mapping[str, Any]:
    return {"RequestId": "130A2C10", "Code": code, "Message": "…", "ResultObject": result}


class AliyunDouble(FaceDouble):
    """`sub_code` is what becomes of a person who does not pass."""

    def __init__(self) -> None:
        super().__init__()
        self.key = KEY
        self.start_code = "200"
        self.sub_code = "204"
        self.gate = Gate(KEY_ID, "2019-03-07")

    def error(self, code: str) -> Mapping[str, Any]:
        return error(code)

    def answer(self, asked: Asked) -> Mapping[str, Any]:
        self.gate.check(asked, self.key, self.off)
        query = dict(asked.query)
        if query.pop("SceneId", "") != SCENE:
            return told("404")
        match asked.headers["x-acs-action"]:
            case "InitFaceVerify":
                return self._begin(query)
            case "DescribeFaceVerify":
                return self._describe(query)
        raise refused("InvalidAction.NotFound")

    def page(self, path: str, _query: Fields) -> Fields:
        order = self._by_certify_id(path.rpartition("/")[2])
        if not order or "passed" in order:
            raise refused("406")
        return order

    def finish(self, order: Fields, passed: bool) -> str:
        order["passed"] = "T" if passed else "F"
        response = {"code": 1000 if passed else 2006, "extInfo": {"certifyId": order["id"]}}
        return f"{order['ReturnUrl']}?response={quote(json.dumps(response))}"

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
