"""The keys in one file, to be kept apart from the backups: sealed by a passphrase, or open to who has it.

A line of JSON. The passphrase becomes a key by scrypt (RFC 7914); what it seals, SM4-GCM.
"""

import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from renewal.domain.errors import InvalidValue
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer, Unsealable

FORM = 1
SHORTEST = 12
COST = {"n": 2**16, "r": 8, "p": 1}
"""64 MB and some tenths of a second for each guess."""
NO_KEY_FILE = "这不是本系统的密钥文件，或文件已损坏"


def pack(keys: Keys, passphrase: str) -> bytes:
    """With an empty passphrase whoever has the file has the keys. Raises InvalidValue for a short one."""
    if passphrase and len(passphrase) < SHORTEST:
        raise InvalidValue(f"口令至少{SHORTEST}个字")
    told = _told(keys)
    if passphrase:
        salt = secrets.token_bytes(16)
        sealed = _sealer(passphrase, salt).seal_json(told, "key file")
        told = {"salt": salt.hex(), "sealed": sealed.hex()}
    return json.dumps({"renewal keys": FORM, **told}).encode() + b"\n"


def needs_passphrase(packed: bytes) -> bool:
    """Raises InvalidValue for what is no such file."""
    return "sealed" in _read(packed)


def unpack(packed: bytes, passphrase: str) -> Keys:
    """Raises InvalidValue."""
    told = _read(packed)
    try:
        if "sealed" in told:
            sealer = _sealer(passphrase, bytes.fromhex(told["salt"]))
            told = sealer.unseal_json(bytes.fromhex(told["sealed"]), "key file")
        sealing = {int(number): bytes.fromhex(key) for number, key in told["sealing"].items()}
        return Keys(told["session"], sealing, bytes.fromhex(told["index"]))
    except Unsealable as wrong:
        raise InvalidValue("口令不对，或密钥文件已损坏") from wrong
    except (ValueError, KeyError, TypeError, AttributeError) as damaged:
        raise InvalidValue(NO_KEY_FILE) from damaged


def _told(keys: Keys) -> dict[str, Any]:
    sealing = {str(number): key.hex() for number, key in keys.sealing.items()}
    return {"session": keys.session, "sealing": sealing, "index": keys.index.hex()}


def _read(packed: bytes) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(packed)
        if told["renewal keys"] == FORM:
            return told
    except (ValueError, KeyError, TypeError) as damaged:
        raise InvalidValue(NO_KEY_FILE) from damaged
    raise InvalidValue("这份密钥文件由更新的版本制作，请先安装该版本")


def _sealer(passphrase: str, salt: bytes) -> Sealer:
    key = Scrypt(salt=salt, length=16, **COST).derive(passphrase.encode())
    return Sealer(Keys("", {1: key}, b""))
