"""Texts that have broken forms before, and how texts are bent to do so."""

import unicodedata

from hypothesis import strategies as st

from tests.domain.strategies import full_width

NAUGHTY = (
    "'; DROP TABLE draft; --",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% include 'x' %}",
    "${jndi:ldap://127.0.0.1/a}",
    "%s%n%00%x",
    "=cmd|' /C calc'!A0",
    "../../../../etc/passwd\0.jpg",
    "\0",
    "\r\nSet-Cookie: elder=1",
    "\x1b[31m红\x07\x08",
    "\ud800",
    "\ufeff\u200b\u200c\u200d\u2060",
    "\u202e北倒着写\u202c",
    "\u115f\u3164\uffa0",
    "\ue000\uf8ff\ufffd\ufffe",
    "Z̷̡̛a̸͝l̵g̶o̴",
    "👨‍👩‍👧‍👦🏳️‍🌈",
    "𠮷𡘙䶮㐂〇",
    "－１２３．４５ｅ６",
    "٠١٢٣٤٥٦٧٨٩",
    "²³¼①㊀Ⅳ",
    "NaN",
    "null",
    "undefined",
    "True",
    "-1",
    "1e309",
    "0x7f",
    "9" * 400,
    "9999/99/99",
    "0000-00-00",
    "2003/02/30",
    "张" * 501,
    "a" * 100_000,
    " \t\u3000\xa0\n ",
    "·",
    "[]",
    '{"name": 1}',
)

anything = st.sampled_from(NAUGHTY) | st.text(max_size=60) | st.text(alphabet="0123456789Xx-/ 年月日", max_size=24)

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\x00\x07\u202e\u00ad"


def with_invisible(text: str) -> str:
    """The text with something nobody can see before, between and after its characters."""
    return "".join(_INVISIBLE[place % len(_INVISIBLE)] + char for place, char in enumerate(text)) + "\u200b"


def spaced(text: str) -> str:
    return f" \t\u3000{text}\xa0\r\n"


BENT = (with_invisible, spaced, full_width, lambda text: spaced(full_width(with_invisible(text))))
"""Ways to write the same text that must make no difference."""


def is_sentence(text: str) -> bool:
    """Chinese, for a person, and without anything of the machine's."""
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text)
    return chinese >= 4 and "Error" not in text and "Traceback" not in text


def is_visible(text: str) -> bool:
    return not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") for char in text)
