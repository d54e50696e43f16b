"""Ways to prove an identity: one module, one entry in PROVIDERS, one test each."""

from renewal.verification.counter import Counter
from renewal.verification.selfie_way import SelfieWay
from renewal.verification.ways import Proof, VerificationRefused, Way

PROVIDERS: dict[str, Way] = {"selfie": SelfieWay(), "counter": Counter()}

__all__ = ["PROVIDERS", "Proof", "VerificationRefused", "Way"]
