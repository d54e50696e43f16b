"""What staff sign in with: the name, and a password long enough that nobody guesses it.

Length counts and not its mixture (NIST SP 800-63B): at least ten characters, none of those that everybody chooses.
"""

import re
import unicodedata
from pathlib import Path

from renewal.domain import text
from renewal.domain.errors import InvalidValue

SHORTEST, LONGEST = 10, 128
NAME = re.compile(r"[\w.@-]+( [\w.@-]+)*")

COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text().split())
"""Those of ten characters and more that lists of leaked passwords begin with, and what suggests itself here."""

OURS = ("yanxu", "renewal", "延续注册", "监理")
ROWS = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


def username(typed: str) -> str:
    """As accounts are found by it: in small letters. Raises InvalidValue."""
    name = text.normalise(typed).lower()
    if not name:
        raise InvalidValue("请填写用户名")
    if len(name) > 30 or not NAME.fullmatch(name):
        raise InvalidValue("用户名请用汉字、字母或数字，不超过30个字，如 王科员 或 wang")
    return name


def as_typed(password: str) -> str:
    """The same password from every keyboard: an input method may write full-width letters."""
    return unicodedata.normalize("NFKC", password[: 4 * LONGEST]).encode(errors="replace").decode()


def password(typed: str, name: str) -> str:
    """A password that may be chosen for the account `name`. Raises InvalidValue."""
    plain = as_typed(typed)
    if len(plain) < SHORTEST:
        raise InvalidValue(f"密码至少{SHORTEST}位，可以用一句只有自己知道的话")
    if len(plain) > LONGEST:
        raise InvalidValue(f"密码不要超过{LONGEST}位")
    if _is_common(plain.lower(), name):
        raise InvalidValue("这个密码太容易被猜到，请换一个：不要用常见密码、连续或重复的字符、用户名或系统名称")
    return plain


def chosen(typed: str, again: str, name: str) -> str:
    """A password typed twice. Raises InvalidValue."""
    if as_typed(typed) != as_typed(again):
        raise InvalidValue("两次填写的密码不一样，请重新填写")
    return password(typed, name)


def _is_common(chosen: str, name: str) -> bool:
    """Also with a name in it and too little beside it, with few different characters, or out of one row of keys."""
    rest = chosen
    for known in (name, *OURS):
        rest = rest.replace(known, "")
    in_rows = any(chosen in row * 3 or chosen in row[::-1] * 3 for row in ROWS)
    plain = re.sub(r"[\W_]", "", chosen)
    return chosen in COMMON or plain in COMMON or len(set(chosen)) < 5 or len(rest) < 6 or in_rows
