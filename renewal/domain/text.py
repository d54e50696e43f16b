"""Typed text: made uniform without changing what was meant."""

import re
import unicodedata

from renewal.domain.errors import InvalidValue

# Ranges instead of `str.isalpha`: Python's tables lag behind the newest Han extensions used in names.
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ"
_LETTER = re.compile(f"[{_HAN}{_LATIN}]")
_NAME = re.compile(f"[{_HAN}{_LATIN}·.' -]+")
_HAN_GAP = re.compile(f"(?<=[{_HAN}]) (?=[{_HAN}])")
_HAN_DOT = re.compile(f"(?<=[{_HAN}]) ?[·.] ?(?=[{_HAN}])")
_NAME_VARIANTS = str.maketrans("•‧∙⋅・･⸱．。‐‑‒–—－‘’＇`ʼ", "·······..------'''''")

_WIDE = {wide: wide - 0xFEE0 for wide in range(0xFF10, 0xFF5B) if chr(wide).isalnum()}
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
# Variation selectors pick a glyph, not a character; the fillers are letters nobody can see.
_INVISIBLE = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u115f\u1160\u3164\uffa0]")
# Canonical composition would turn these compatibility ideographs into other characters than were typed.
_COMPOSABLE = re.compile("[^\uf900-\ufaff\U0002f800-\U0002fa1f]+")
# Private-use code points and U+FFFD show as boxes on every other device.
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufdd0-\ufdef\ufffd-\uffff\U000f0000-\U0010ffff]")


def normalise(text: str) -> str:
    """Half-width letters and digits, composed accents, single spaces, nothing invisible.

    Full NFKC would swap rare Han characters and full-width punctuation for others, so neither is touched.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    visible = _INVISIBLE.sub("", text)
    if not visible.isprintable():
        visible = "".join(char for char in visible if char.isspace() or not _is_dropped(char))
    composed = _COMPOSABLE.sub(lambda run: unicodedata.normalize("NFC", run[0]), visible.translate(_WIDE))
    return " ".join(composed.split())


def _is_dropped(char: str) -> bool:
    return unicodedata.category(char) in _DROPPED_CATEGORIES


def compact(text: str) -> str:
    """A number as typed, without spaces, dashes and invisible characters; half-width, upper case."""
    if text.isascii() and text.isalnum():
        return text.upper()
    kept = (char for char in unicodedata.normalize("NFKC", text) if not _is_padding(char))
    return "".join(kept).upper()


def _is_padding(char: str) -> bool:
    category = unicodedata.category(char)
    return category == "Pd" or category[0] in "ZC"


def person_name(text: str) -> str:
    """A name as on an identity document: 1–50 characters, Han or Latin, with the one dot `·`.

    Han names lose inner spaces ("李 明") and take `·` for a typed full stop ("阿里.买买提"). Raises InvalidValue.
    """
    name = _HAN_GAP.sub("", _HAN_DOT.sub("·", normalise(text).translate(_NAME_VARIANTS)))
    if not name:
        raise InvalidValue("请填写姓名，与证件上一致。")
    _require_readable(name)
    if not _NAME.fullmatch(name) or not _LETTER.search(name):
        raise InvalidValue("姓名只能有汉字、字母和间隔号“·”，请按证件上的姓名填写。")
    _require_length(name, 50)
    return name


def line(text: str, limit: int) -> str:
    """At most `limit` characters of anything, in one line; may be empty. Raises InvalidValue."""
    value = normalise(text)
    _require_readable(value)
    _require_length(value, limit)
    return value


def free_text(text: str, limit: int = 100) -> str:
    """A school, a major or an employer: any script, at least one letter, at most `limit` characters.

    Raises InvalidValue.
    """
    value = line(text, limit)
    if not value:
        raise InvalidValue("这一项还没有填写，请填写。")
    if not any(char.isalpha() for char in value):
        raise InvalidValue("这一项不能只有数字或符号，请填写完整的名称。")
    return value


def _require_readable(text: str) -> None:
    if _UNREADABLE.search(text):
        raise InvalidValue("有一个字无法识别，请删除后重新输入；生僻字输入不了的，请联系办公室。")


def _require_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise InvalidValue(f"最多填写{limit}个字，现在是{len(text)}个字，请缩短。")


def version(text: str) -> int:
    """The version of a case that a form was shown with; -1, which none has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def case_seen(text: str) -> tuple[str, int]:
    """NUMBER:VERSION of a case as a form was shown it."""
    number, _, shown = text.partition(":")
    return number[:32], version(shown)
