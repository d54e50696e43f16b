"""Alibaba Cloud's side of its V3 signature: signed here anew, strict about the clock, the nonce and every header.

As published at help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote

from tests.doubles.serving import Asked, Told

SIGNED = ["host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"]
AUTHORIZATION = re.compile(r"ACS3-HMAC-SHA256 Credential=(\w+),SignedHeaders=([a-z0-9;-]+),Signature=([0-9a-f]{64})")
GOOD_FOR = 15 * 60  # seconds


def error(code: str) -> Mapping[str, str]:
    return {"RequestId": "130A2C10", "HostId": "example", "Code": code, "Message": "…"}


def refused(code: str) -> Told:
    return Told(error(code), 400)


class Gate:
    """Of one API: lets in who signed, once a nonce."""

    def __init__(self, key_id: str, version: str) -> None:
        self.key_id, self.version = key_id, version
        self.nonces: set[str] = set()

    def check(self, asked: Asked, key: str, off: float) -> None:
        """Raises Told."""
        found = AUTHORIZATION.fullmatch(asked.headers.get("authorization", ""))
        if not found or found[2].split(";") != SIGNED:
            raise refused("IncompleteSignature")
        if found[1] != self.key_id:
            raise refused("InvalidAccessKeyId.NotFound")
        if asked.headers["x-acs-version"] != self.version:
            raise refused("InvalidVersion")
        sent = datetime.strptime(asked.headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if abs(datetime.now(UTC).timestamp() + off - sent.timestamp()) > GOOD_FOR:
            raise refused("InvalidTimeStamp.Expired")
        if (nonce := asked.headers["x-acs-signature-nonce"]) in self.nonces:
            raise refused("SignatureNonceUsed")
        self.nonces.add(nonce)
        if found[3] != _signature(asked, key):
            raise refused("SignatureDoesNotMatch")


def _signature(asked: Asked, key: str) -> str:
    digest = hashlib.sha256(asked.body).hexdigest()
    pairs = "&".join(f"{quote(name, safe='')}={quote(asked.query[name], safe='')}" for name in sorted(asked.query))
    lines = "".join(f"{name}:{asked.headers[name]}\n" for name in SIGNED)
    request = f"POST\n{asked.path}\n{pairs}\n{lines}\n{';'.join(SIGNED)}\n{digest}"
    to_sign = f"ACS3-HMAC-SHA256\n{hashlib.sha256(request.encode()).hexdigest()}"
    return hmac.digest(key.encode(), to_sign.encode(), "sha256").hex()
