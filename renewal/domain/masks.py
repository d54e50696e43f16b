"""What lists, logs and public pages show of personal data."""

import re

_HIDDEN_AT_LEAST = 4


def phone(text: str) -> str:
    """130****1234; nothing at all of a number too short to hide four digits."""
    return _middle_hidden(text, head=3, tail=4)


def id_number(text: str) -> str:
    """3701**********1234; the old foreigner's form keeps four and four of its fifteen."""
    return _middle_hidden(text, head=4, tail=4)


def name(text: str) -> str:
    """李*, 李*明, 欧**明; of a Latin name the first letter of each word; of a single letter nothing."""
    if re.search("[A-Za-z]", text):
        return re.sub(r"\S+", lambda word: _initial_shown(word[0]), text)
    if len(text) < 3:
        return _initial_shown(text)
    return text[0] + "*" * (len(text) - 2) + text[-1]


def _initial_shown(word: str) -> str:
    return "*" * len(word) if len(word) < 2 else word[0] + "*" * (len(word) - 1)


def _middle_hidden(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    if hidden < _HIDDEN_AT_LEAST:
        return "*" * len(text)
    return text[:head] + "*" * hidden + text[-tail:]
