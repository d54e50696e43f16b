"""Passwords, kept as scrypt hashes: slow and hungry for memory, so that a stolen database guesses few a second."""

from threading import Lock

from werkzeug.security import check_password_hash, generate_password_hash

from renewal.domain.credentials import as_typed
from renewal.domain.resume_code import new_code

METHOD = "scrypt:16384:8:5"  # 16 MB and a fifth of a second: OWASP's choice for little memory
ONE_AT_A_TIME = Lock()  # a crowd at the door must not take a small container's memory
FIRST = 16  # characters: 79 bits
NOBODYS = f"{METHOD}$nobody${'0' * 128}"
"""Compared with when there is no such account, so that its answer takes as long. No password has this hash."""


def hash_of(password: str) -> str:
    with ONE_AT_A_TIME:
        return generate_password_hash(as_typed(password), METHOD)


def fits(password_hash: str, typed: str) -> bool:
    with ONE_AT_A_TIME:
        return check_password_hash(password_hash, as_typed(typed))


def first() -> str:
    """One to be handed over on paper."""
    return new_code(FIRST)
