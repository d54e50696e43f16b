"""The unified social credit code of an employer (统一社会信用代码, GB 32100-2015)."""

import re

from renewal.domain.errors import InvalidValue
from renewal.domain.text import compact

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Digits and capitals without I, O, S, V and Z; a character's value is its place."""

_SHAPE = re.compile(f"[1-9ANY][{ALPHABET}][0-9]{{6}}[{ALPHABET}]{{10}}")


def check_character(first17: str) -> str:
    """The 18th character: weights 3^i mod 31 (GB 32100-2015). Raises ValueError unless given 17 of ALPHABET."""
    if len(first17) != 17:
        raise ValueError("a credit code has 17 characters before its check character")
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first17))
    return ALPHABET[-total % 31]


def parse(text: str) -> str:
    """The code, compact and in capitals: 18 characters. Raises InvalidValue."""
    code = compact(text)
    if not code:
        raise InvalidValue("请填写统一社会信用代码。")
    if len(code) != 18:
        raise InvalidValue(f"统一社会信用代码应为18位，您填写了{len(code)}位，请对照营业执照核对。")
    if set(code) & set("IOSVZ"):
        raise InvalidValue("统一社会信用代码里没有字母I、O、S、V、Z，请看看是否为数字1、0、5、2等。")
    if not _SHAPE.fullmatch(code):
        raise InvalidValue("统一社会信用代码的格式不对，请对照营业执照逐位核对。")
    if code[17] != check_character(code[:17]):
        raise InvalidValue("统一社会信用代码有误，可能输错了一位，请对照营业执照逐位核对。")
    return code
