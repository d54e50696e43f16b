"""Identity numbers: GB 11643 for residents, and the permits that share its checksum."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from renewal.domain.codes import PROVINCES
from renewal.domain.dates import EARLIEST_YEAR
from renewal.domain.errors import InvalidValue
from renewal.domain.text import compact

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_SHAPE = re.compile("[0-9]{17}[0-9X]")
_OLD_RESIDENT = re.compile("[0-9]{15}")
_OLD_FOREIGNER = re.compile("[A-Z]{3}[0-9]{12}")
_HMT_PREFIXES = frozenset({"81", "82", "83"})


class IdKind(StrEnum):
    """The documents a registered engineer can hold."""

    RESIDENT = "resident"
    HMT = "hmt"
    FOREIGNER = "foreigner"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    IdKind.RESIDENT: "身份证",
    IdKind.HMT: "港澳台居民居住证",
    IdKind.FOREIGNER: "外国人永久居留身份证",
}
_ALIASES = {
    "居民身份证": IdKind.RESIDENT,
    "二代身份证": IdKind.RESIDENT,
    "中华人民共和国居民身份证": IdKind.RESIDENT,
    "港澳居民居住证": IdKind.HMT,
    "台湾居民居住证": IdKind.HMT,
    "居住证": IdKind.HMT,
    "外国人永久居留证": IdKind.FOREIGNER,
    "永久居留身份证": IdKind.FOREIGNER,
}


class Sex(StrEnum):
    """GB/T 2261.1, as the form names it."""

    MALE = "男"
    FEMALE = "女"


@dataclass(frozen=True)
class IdNumber:
    """A checked number and what it states; the old foreigner's form states neither date nor sex safely."""

    kind: IdKind
    number: str
    birth_date: date | None
    sex: Sex | None


def kind_from(text: str) -> IdKind:
    """The kind for its value, its label or another usual name of the document. Raises InvalidValue."""
    wanted = compact(text)
    for kind in IdKind:
        if wanted in (kind.value.upper(), kind.label):
            return kind
    if wanted not in _ALIASES:
        raise InvalidValue("请选择证件类型。")
    return _ALIASES[wanted]


def checksum_character(first17: str) -> str:
    """The 18th character: ISO 7064 MOD 11-2 over the 17 digits before it (GB 11643-1999)."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def parse(text: str, today: date) -> IdNumber:
    """A resident's or permit holder's number of 18 characters, or the old foreigner's of 15.

    The county is not looked up: codes that were abolished or came later stand on valid documents. Raises InvalidValue.
    """
    number = compact(text)
    if _OLD_FOREIGNER.fullmatch(number):
        return IdNumber(IdKind.FOREIGNER, number, None, None)
    _require_shape(number)
    kind = _kind(number)
    birth = _birth_date(number, today)
    if number[17] != checksum_character(number[:17]):
        raise InvalidValue("证件号码有误，可能输错了一位，请对照证件逐位核对。")
    return IdNumber(kind, number, birth, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


def _require_shape(number: str) -> None:
    if not number:
        raise InvalidValue("请填写证件号码。")
    if _OLD_RESIDENT.fullmatch(number):
        raise InvalidValue("15位的旧身份证号码已停用，请填写18位的身份证号码。")
    if len(number) != 18:
        raise InvalidValue(f"证件号码应为18位，您填写了{len(number)}位，请对照证件核对。")
    if not _SHAPE.fullmatch(number):
        raise InvalidValue("证件号码前17位应为数字，最后一位应为数字或字母X，请对照证件核对。")


def _kind(number: str) -> IdKind:
    """By the leading characters; from 2023 a foreigner's number is 9, then the province (GB/T 2260)."""
    foreign = number[0] == "9"
    province = number[1:3] if foreign else number[:2]
    if province not in PROVINCES:
        raise InvalidValue("证件号码开头的地区代码不存在，请对照证件核对前几位。")
    if foreign:
        return IdKind.FOREIGNER
    return IdKind.HMT if province in _HMT_PREFIXES else IdKind.RESIDENT


def _birth_date(number: str, today: date) -> date:
    try:
        birth = date.fromisoformat(number[6:14])
    except ValueError:
        birth = date.min
    if birth.year < EARLIEST_YEAR:
        raise InvalidValue("证件号码第7至14位不是真实的出生日期，请对照证件核对。")
    if birth > today:
        raise InvalidValue("证件号码里的出生日期晚于今天，请对照证件核对第7至14位。")
    return birth
