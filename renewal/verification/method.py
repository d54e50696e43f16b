"""What every way to prove an identity says of itself, and what it hands back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from renewal.domain.trust import Trust


class VerificationRefused(ValueError):
    """The proof did not hold; `str(error)` tells the person what to do next."""


@dataclass(frozen=True, slots=True)
class Proof:
    """`picture` is kept sealed until a clerk has compared it, and no longer (人脸识别技术应用安全管理办法)."""

    trust: Trust
    picture: bytes | None = None
    perceptual_hash: int | None = None


class VerificationMethod(Protocol):
    """One module, one entry in PROVIDERS, one test."""

    label: str
    text: str
    needs_consent: bool

    def prove(self, pictures: Sequence[bytes], earlier: Sequence[int], /) -> Proof:
        """`pictures` are files as they came, `earlier` the perceptual hashes of pictures this person sent
        before. Raises VerificationRefused."""
