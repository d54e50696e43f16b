"""The second factor: six digits from an app on the phone (RFC 6238), or a code on paper, each good for once."""

import unicodedata
from datetime import datetime
from hmac import compare_digest

import pyotp

from renewal.domain import text
from renewal.domain.resume_code import new_code
from renewal.services import Services
from renewal.store.staff import Member

STEP = 30  # seconds
RECOVERY_CODES = 10


def new_secret() -> str:
    return pyotp.random_base32()


def address(member: Member, issuer: str) -> str:
    """otpauth://…: what an authenticator app reads from the QR code."""
    return pyotp.TOTP(member.totp_secret).provisioning_uri(name=member.name, issuer_name=issuer)


def take(services: Services, member: Member, typed: str) -> bool:
    """Whether `typed` is a code of now or half a minute to either side that was not used, or a recovery code.
    Runs inside a transaction."""
    step = _step(member.totp_secret, typed, services.now())
    if step is not None:
        return services.staff.use_totp_step(member, step)
    return services.staff.use_recovery(member, _hash(services, member, typed))


def new_recovery_codes(services: Services, member: Member) -> list[str]:
    """Ten codes to be printed, in place of those before. Runs inside a transaction."""
    codes = [new_code() for _ in range(RECOVERY_CODES)]
    services.staff.set_recovery(member, tuple(_hash(services, member, code) for code in codes))
    return codes


def _step(secret: str, typed: str, now: datetime) -> int | None:
    """The half minute since 1970 whose code it is."""
    digits = "".join(unicodedata.normalize("NFKC", typed[:40]).split()).encode(errors="replace")
    this, totp = int(now.timestamp()) // STEP, pyotp.TOTP(secret)
    codes = {step: totp.at(step * STEP).encode() for step in (this - 1, this, this + 1)}
    return next((step for step, code in codes.items() if compare_digest(code, digits)), None)


def _hash(services: Services, member: Member, typed: str) -> str:
    return services.sealer.index(f"recovery:{member.id}", text.compact(typed[:40]))
