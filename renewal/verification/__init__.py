"""Ways to prove an identity: one module, one entry in PROVIDERS, one test each."""

from renewal.verification.counter import Counter
from renewal.verification.selfie import Selfie
from renewal.verification.ways import Proof, VerificationRefused, Way

PROVIDERS: dict[str, Way] = {"selfie": Selfie(), "counter": Counter()}

__all__ = ["PROVIDERS", "Proof", "VerificationRefused", "Way"]
