"""续办码: what a person writes down to go on with an application on another phone."""

import secrets

from renewal.domain import text
from renewal.domain.errors import InvalidValue

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L, which look alike on paper."""
LENGTH = 12


def new_code(length: int = LENGTH) -> str:
    """Groups of four characters, of twelve 59 bits: `7KQM-2XWD-9HTA`."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(code[start : start + 4] for start in range(0, length, 4))


def compact(typed: str) -> str:
    """What was typed, as the 12 characters it stands for. Raises InvalidValue."""
    code = text.compact(typed)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise InvalidValue("续办码是12位字母和数字，如 7KQM-2XWD-9HTA，请核对后再填")
    return code
