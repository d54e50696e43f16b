"""Alibaba Cloud's V3 signature, ACS3-HMAC-SHA256, for an RPC call whose parameters stand in the query.

Published with a worked example at help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from renewal.wire.asking import Asking, Deadline
from renewal.wire.trouble import Trouble

TROUBLES = {
    "Forbidden": Trouble.ACCOUNT,
    "InvalidTimeStamp": Trouble.CLOCK,
    "SignatureDoesNotMatch": Trouble.CREDENTIALS,
    "IncompleteSignature": Trouble.CREDENTIALS,
    "InvalidAccessKeyId": Trouble.CREDENTIALS,
    "Throttling": Trouble.LIMIT,
}
"""What every one of its servers may answer; by the beginning of the code."""


@dataclass(frozen=True, slots=True)
class Calls:
    """Those of one API of `version`, signed with an AccessKey."""

    asking: Asking
    version: str
    key_id: str
    key: str = field(repr=False)

    def call(self, action: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        """What was answered. Raises ProviderTrouble."""
        asked = query(parameters)
        signed = headers(self.asking.host, action, self.version, token_hex(16), datetime.now(UTC))
        signature = authorization(self.key_id, self.key, "POST", asked, signed)
        sent = {**signed, "Authorization": signature, "Accept": "application/json"}
        return self.asking.ask(Deadline(), "POST", f"/?{asked}", headers=sent)


def query(parameters: Mapping[str, str]) -> str:
    """The canonical query: sorted by name, quoted as RFC 3986 has it."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in sorted(parameters.items()))


def headers(host: str, action: str, version: str, nonce: str, at: datetime, body: bytes = b"") -> dict[str, str]:
    """Those that are signed; `at` is in UTC."""
    return {
        "host": host,
        "x-acs-action": action,
        "x-acs-content-sha256": hashlib.sha256(body).hexdigest(),
        "x-acs-date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": version,
    }


def authorization(key_id: str, key: str, method: str, canonical_query: str, signed: Mapping[str, str]) -> str:
    """The header of that name for a request to `/`."""
    names = ";".join(sorted(signed))
    canonical_headers = "".join(f"{name}:{signed[name].strip()}\n" for name in sorted(signed))
    request = "\n".join([method, "/", canonical_query, canonical_headers, names, signed["x-acs-content-sha256"]])
    to_sign = f"ACS3-HMAC-SHA256\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(key.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return f"ACS3-HMAC-SHA256 Credential={key_id},SignedHeaders={names},Signature={signature}"


def _quoted(text: str) -> str:
    return quote(text, safe="~")
