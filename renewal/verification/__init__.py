"""Ways to prove an identity: one module, one entry here, one test each."""

from collections.abc import Callable

from renewal.verification.aliyun import Aliyun
from renewal.verification.counter import Counter
from renewal.verification.method import Proof, VerificationMethod, VerificationRefused
from renewal.verification.provider import Account, Provider
from renewal.verification.selfie import Selfie
from renewal.verification.tencent import Tencent

PROVIDERS: dict[str, VerificationMethod] = {"selfie": Selfie(), "counter": Counter()}
"""Those built in: they are always there."""
ELSEWHERE: dict[str, Callable[[Account], Provider]] = {"tencent": Tencent, "aliyun": Aliyun}
"""Those with a page of their own, for an office with a contract."""
LABELS = {name: way.label for name, way in PROVIDERS.items()} | {each.name: each.label for each in (Tencent, Aliyun)}
"""Of every way a case may have come by, also one the office has switched off since."""
COMPANIES = {each.name: each.company for each in (Tencent, Aliyun)}

__all__ = [
    "COMPANIES",
    "ELSEWHERE",
    "LABELS",
    "PROVIDERS",
    "Account",
    "Proof",
    "Provider",
    "VerificationMethod",
    "VerificationRefused",
]
