"""Personal data at rest: SM4-GCM (GB/T 32907), and a keyed hash (HMAC-SM3, GB/T 32905) to find it by."""

import json
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from renewal.store.keys import Keys

NONCE, TAG = 12, 16


class Unsealable(RuntimeError):
    """A sealed value was altered, moved to another row, or its key is gone."""


class Sealer:
    """Seals bytes to one place (`context`, e.g. "draft:7f3…"), so that a row copied elsewhere does not open."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self._newest = max(keys.sealing)

    def seal(self, plain: bytes, context: str) -> bytes:
        """Key id (1 byte), nonce (12), tag (16), ciphertext."""
        nonce = secrets.token_bytes(NONCE)
        encryptor = Cipher(algorithms.SM4(self.keys.sealing[self._newest]), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(context.encode())
        ciphertext = encryptor.update(plain) + encryptor.finalize()
        return bytes([self._newest]) + nonce + encryptor.tag + ciphertext

    def unseal(self, sealed: bytes, context: str) -> bytes:
        """What was sealed to `context`, by whichever key. Raises Unsealable."""
        sealed = bytes(sealed)
        nonce, tag = sealed[1 : 1 + NONCE], sealed[1 + NONCE : 1 + NONCE + TAG]
        try:
            key = self.keys.sealing[sealed[0]]
            decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, tag)).decryptor()
            decryptor.authenticate_additional_data(context.encode())
            return decryptor.update(sealed[1 + NONCE + TAG :]) + decryptor.finalize()
        except (InvalidTag, KeyError, IndexError, ValueError) as error:
            raise Unsealable(context) from error

    def seal_json(self, value: Any, context: str) -> bytes:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return self.seal(text.encode(errors="surrogatepass"), context)  # as json.loads reads it

    def unseal_json(self, sealed: bytes, context: str) -> Any:
        """What `seal_json` sealed. Raises Unsealable."""
        return json.loads(self.unseal(sealed, context))

    def seals_with_newest(self, sealed: bytes) -> bool:
        """Whether this was sealed with the key that seals today."""
        return bytes(sealed)[0] == self._newest

    def session_index(self) -> str:
        """Stands for the key of cookies and tokens, where keys are compared."""
        return self.index("session key", self.keys.session)

    def index(self, kind: str, text: str) -> str:
        """64 hex digits that stand for `text` in a column; equal texts of one kind are found by it."""
        mac = hmac.HMAC(self.keys.index, hashes.SM3())
        mac.update(f"{kind}\0{text}".encode())
        return mac.finalize().hex()
