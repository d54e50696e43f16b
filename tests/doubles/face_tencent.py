"""Tencent's side of 人脸核身 H5 as its documentation has it (cloud.tencent.com/document/product/1007: 57613, 61073,
61074, 114181), signatures and tickets included. Its signing is written anew here, not ours."""

import hashlib
import json
import re
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from tests.doubles.face_page import FaceDouble
from tests.doubles.serving import Asked, Fields, Told

APP, SECRET = "IDAtest1", "s3cret-of-nobody"
UNFINISHED = {"code": "66660018", "msg": "操作超时，请退出重试"}
ILLEGAL = {"code": "400101", "msg": "不合法请求"}


def sha1(*values: str) -> str:
    return hashlib.sha1("".join(sorted(values)).encode()).hexdigest()


class TencentDouble(FaceDouble):
    def __init__(self) -> None:
        super().__init__()
        self.tokens: set[str] = set()
        self.sign_tickets: set[str] = set()
        self.nonce_tickets: dict[str, str] = {}
        self.nonces: set[str] = set()
        self.key = SECRET
        self.start_code = "0"
        self.domain = "kyc1.qcloud.com"
        self.changed: Mapping[str, Any] = {}

    def error(self, code: str) -> Mapping[str, Any]:
        return {"code": code, "msg": "…"}

    def answer(self, asked: Asked) -> Mapping[str, Any]:
        match asked.path:
            case "/api/oauth2/access_token":
                return self._token(asked.query)
            case "/api/oauth2/api_ticket":
                return self._ticket(asked.query)
        sent = self._sent(asked)
        match asked.path:
            case "/api/server/getAdvFaceId":
                return self._face_id(sent)
            case "/api/v2/base/queryfacerecord":
                return self._record(sent)
        raise Told({"code": "404"}, 404)

    def page(self, _path: str, query: Fields) -> Fields:
        order = self.orders.get(query["orderNo"]) or {}
        user = self.nonce_tickets.get(query["userId"], "")
        signed = sha1(APP, query["userId"], query["orderNo"], "1.0.0", query["faceId"], user, query["nonce"])
        if not user or signed != query["sign"].lower() or query["faceId"] != order.get("face"):
            raise Told(ILLEGAL, 400)
        del self.nonce_tickets[query["userId"]]  # good for one opening
        order["back"] = query["url"]
        return order

    def finish(self, order: Fields, passed: bool) -> str:
        order["code"] = "0" if passed else "66660004"
        told = {"code": order["code"], "orderNo": order["number"], "faceId": order["face"], "newSign": "x"}
        return f"{order['back']}?{urlencode(told)}"

    def _token(self, query: Fields) -> Mapping[str, Any]:
        wanted = {"appId": APP, "secret": self.key, "grant_type": "client_credential", "version": "1.0.0"}
        if query != wanted:
            raise Told(ILLEGAL)
        self.tokens.add(token := secrets.token_hex(20))
        return {"code": "0", "msg": "请求成功", "access_token": token, "expire_in": 7200}

    def _ticket(self, query: Fields) -> Mapping[str, Any]:
        if query["access_token"] not in self.tokens or (query["appId"], query["version"]) != (APP, "1.0.0"):
            raise Told(ILLEGAL)
        ticket = secrets.token_hex(32)
        if query["type"] == "SIGN":
            self.sign_tickets.add(ticket)
        else:
            self.nonce_tickets[query["user_id"]] = ticket
        return {"code": "0", "msg": "请求成功", "tickets": [{"value": ticket, "expire_in": 120}]}

    def _sent(self, asked: Asked) -> Fields:
        sent: Fields = json.loads(asked.body)
        well = asked.headers["content-type"] == "application/json" and asked.query == {"orderNo": sent["orderNo"]}
        shape = re.fullmatch("[A-Za-z0-9]{32}", sent["nonce"]) and re.fullmatch("[A-Za-z0-9]{1,32}", sent["orderNo"])
        if not well or not shape or sent["nonce"] in self.nonces or (sent["appId"], sent["version"]) != (APP, "1.0.0"):
            raise Told(ILLEGAL)
        self.nonces.add(sent["nonce"])
        return sent

    def _signed(self, sent: Fields, *values: str) -> None:
        common = (APP, "1.0.0", sent["nonce"])
        if sent["sign"].lower() not in {sha1(*values, *common, ticket) for ticket in self.sign_tickets}:
            raise Told(ILLEGAL)

    def _face_id(self, sent: Fields) -> Mapping[str, Any]:
        self._signed(sent, sent["userId"])
        if sent["orderNo"] in self.orders or not (sent["name"] and sent["idNo"]) or len(sent["userId"]) > 32:
            raise Told(ILLEGAL)
        if self.start_code != "0":
            raise Told(self.error(self.start_code))
        face = secrets.token_hex(16)
        self.orders[sent["orderNo"]] = {"number": sent["orderNo"], "face": face, "name": sent["name"]}
        self.orders[sent["orderNo"]] |= {"id_number": sent["idNo"]}
        result = {"orderNo": sent["orderNo"], "faceId": face, "optimalDomain": self.domain}
        return {"code": 0, "msg": "成功", "result": result}

    def _record(self, sent: Fields) -> Mapping[str, Any]:
        self._signed(sent, sent["orderNo"])
        order = self.orders.get(sent["orderNo"], {})
        if "code" not in order:
            raise Told(UNFINISHED)
        result = {"orderNo": sent["orderNo"], "appId": APP, "liveRate": "99", "similarity": "94.0"}
        return {"code": order["code"], "msg": "请求成功", "result": {**result, **self.changed}}
