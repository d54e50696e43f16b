"""What somebody who types into the office's search box looks for, by its shape."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from renewal.domain import masks, phone
from renewal.domain.errors import InvalidValue
from renewal.domain.text import compact, normalise, person_name

LONGEST = 60
_NUMBER = re.compile("YX[0-9]{0,15}")
_SERIAL = re.compile("[0-9]{1,6}")
_ID_NUMBER = re.compile("[0-9]{17}[0-9X]|[A-Z]{3}[0-9]{12}")


class Kind(StrEnum):
    """The personal ones are called as the keyed hashes they are found by."""

    NUMBER = "number"
    SERIAL = "serial"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    NAME = "name"


MASKS: dict[Kind, Callable[[str], str]] = {
    Kind.ID_NUMBER: masks.id_number,
    Kind.PHONE: masks.phone,
    Kind.NAME: masks.name,
}
"""How a personal one is shown, in addresses above all."""


@dataclass(frozen=True, slots=True)
class Sought:
    """`text` as it was stored: a number's beginning, its last digits, or what a keyed hash was made of."""

    kind: Kind
    text: str


def sought(text: str) -> Sought | None:
    """None when nothing was typed. What has no other shape is a name."""
    short = compact(text[:LONGEST])
    if not short:
        return None
    for kind, shape in ((Kind.NUMBER, _NUMBER), (Kind.SERIAL, _SERIAL), (Kind.ID_NUMBER, _ID_NUMBER)):
        if shape.fullmatch(short):
            return Sought(kind, short)
    return _phone(text[:LONGEST]) or Sought(Kind.NAME, _name(text[:LONGEST]))


def _phone(text: str) -> Sought | None:
    try:
        return Sought(Kind.PHONE, phone.parse(text))
    except InvalidValue:
        return None


def _name(text: str) -> str:
    try:
        return person_name(text)
    except InvalidValue:
        return normalise(text)
