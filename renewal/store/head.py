"""The end of the log, as an office keeps it on paper."""

import re
import unicodedata
from dataclasses import dataclass

from renewal.domain.errors import InvalidValue

TYPED_HEAD = re.compile(r"([0-9]{1,18}) *: *([0-9a-f]{64})")  # no database counts further
NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of the chain: an office keeps it on paper, as `number:hash`."""

    sequence: int
    hash: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"

    @classmethod
    def typed(cls, text: str) -> "Head":
        """As people copy it: an input method writes full-width signs, and letters come in either case.
        Raises InvalidValue."""
        typed = TYPED_HEAD.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
        if not typed:
            raise InvalidValue("末端应照上次检查显示的抄写：序号、冒号、64位字符")
        return cls(int(typed[1]), typed[2])


BEGINNING = Head(0, NOTHING_BEFORE)
