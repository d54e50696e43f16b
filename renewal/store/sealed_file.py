"""A file sealed as a whole, in pieces: SM4-GCM under a key of its own, in constant memory.

Each piece's nonce is its number and whether it is the last one, and each is bound to the head that stands before
them in clear: pieces that were altered, swapped, left out or cut off do not open.
"""

import secrets
import struct
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PIECE = 1024 * 1024
TAG = 16
SALT = 16


class Altered(RuntimeError):
    """The file was damaged, cut off or changed, or its key is another one."""


def salt() -> bytes:
    """What makes the file's key its own."""
    return secrets.token_bytes(SALT)


class SealedWriter:
    """Collects what is written and seals it, piece by piece, to `file`, behind a head that stands there already."""

    def __init__(self, file: IO[bytes], key: bytes, salt: bytes, head: bytes) -> None:
        self._file, self._key, self._head = file, _key_of_file(key, salt), head
        self._number, self._waiting = 0, bytearray()

    def write(self, plain: bytes) -> None:
        self._waiting += plain
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def finish(self) -> None:
        """Seal what is left, as the last."""
        self._seal(bytes(self._waiting), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        encryptor = Cipher(algorithms.SM4(self._key), modes.GCM(_nonce(self._number, last=last))).encryptor()
        encryptor.authenticate_additional_data(self._head)
        self._file.write(encryptor.update(plain) + encryptor.finalize() + encryptor.tag)
        self._number += 1


class SealedReader:
    """Opens the pieces after the head. What it gives is as it was written; whether that was all, only its end says."""

    def __init__(self, file: IO[bytes], key: bytes, salt: bytes, head: bytes) -> None:
        self._pieces = _pieces(file, _key_of_file(key, salt), head)
        self._waiting, self._at = b"", 0

    def read(self, size: int) -> bytes:
        """So many bytes. Raises Altered when there are not so many."""
        parts, missing = [], size
        while missing:
            if self._at == len(self._waiting):
                self._waiting, self._at = self._next(), 0
            part = self._waiting[self._at : self._at + missing]
            self._at += len(part)
            missing -= len(part)
            parts.append(part)
        return b"".join(parts)

    def finish(self) -> None:
        """Raises Altered unless all was read."""
        if self._at < len(self._waiting) or next(self._pieces, b""):
            raise Altered("there is more than was expected")

    def _next(self) -> bytes:
        piece = next(self._pieces, b"")
        if not piece:
            raise Altered("there is less than was expected")
        return piece


def _pieces(file: IO[bytes], key: bytes, head: bytes) -> Iterator[bytes]:
    number, piece = 0, file.read(PIECE + TAG)
    while piece:
        following = file.read(PIECE + TAG)
        yield _unseal(piece, key, head, _nonce(number, last=not following))
        number, piece = number + 1, following


def _unseal(piece: bytes, key: bytes, head: bytes, nonce: bytes) -> bytes:
    try:
        decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, piece[-TAG:])).decryptor()
        decryptor.authenticate_additional_data(head)
        return decryptor.update(piece[:-TAG]) + decryptor.finalize()
    except (InvalidTag, ValueError) as error:
        raise Altered("a piece does not open") from error


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">xxxQ?", number, last)


def _key_of_file(key: bytes, salt: bytes) -> bytes:
    mac = hmac.HMAC(key, hashes.SM3())
    mac.update(b"sealed file\0" + salt)
    return mac.finalize()[:16]
