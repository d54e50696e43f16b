"""Code lists of the form; `codes.json` beside this module holds the values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from renewal.domain.errors import InvalidValue
from renewal.domain.text import normalise


@dataclass(frozen=True)
class Code:
    """One entry: the code of its standard (None where the standard has none) and the name shown."""

    code: str | None
    name: str


@dataclass(frozen=True)
class CodeList:
    """A closed list to choose from; `aliases` maps other spellings to names."""

    title: str
    codes: tuple[Code, ...]
    aliases: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(entry.name for entry in self.codes)

    def led_by(self, *common: str) -> tuple[str, ...]:
        """All names: the common ones first, the others in the order of their codes."""
        return common + tuple(name for name in self.names if name not in common)

    def parse(self, text: str) -> str:
        """The canonical name for a name, a code or an alias; InvalidValue for anything else."""
        typed = normalise(text)
        wanted = self.aliases.get(typed, typed)
        for entry in self.codes:
            if wanted in (entry.name, entry.code):
                return entry.name
        raise InvalidValue(f"请选择{self.title}。")

    def code(self, name: str) -> str | None:
        """The standard's code for a canonical name; None where there is none."""
        return next((entry.code for entry in self.codes if entry.name == name), None)


_DATA: dict[str, Any] = json.loads(Path(__file__).with_name("codes.json").read_text(encoding="utf-8"))


def _code_list(key: str) -> CodeList:
    data = _DATA[key]
    return CodeList(data["title"], tuple(Code(*entry) for entry in data["codes"]), data["aliases"])


ETHNICITIES = _code_list("ethnicities")
"""GB/T 3304, with the two extensions 97 and 98 of the population registers."""

EDUCATIONS = _code_list("educations")
"""The usual levels of GB/T 4658-2006; 无 is a value of the manual's figure 9-1."""

DEGREES = _code_list("degrees")
"""GB/T 6864-2003, levels only."""

SPECIALTIES = _code_list("specialties")
"""工程监理企业资质管理规定, work categories; the numbers are our own."""

SEXES = _code_list("sexes")
"""GB/T 2261.1; only the two values an identity number can state."""

PROVINCES: dict[str, str] = _DATA["provinces"]
"""GB/T 2260, first two digits."""
