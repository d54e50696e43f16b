"""Ways to prove an identity: one module, one entry in PROVIDERS, one test each."""

from renewal.verification.counter import Counter
from renewal.verification.method import Proof, VerificationMethod, VerificationRefused
from renewal.verification.selfie import Selfie

PROVIDERS: dict[str, VerificationMethod] = {"selfie": Selfie(), "counter": Counter()}

__all__ = ["PROVIDERS", "Proof", "VerificationMethod", "VerificationRefused"]
