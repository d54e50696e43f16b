"""Who the office is, as applicants read it."""

import re
from dataclasses import dataclass

from renewal.domain.errors import InvalidValue
from renewal.domain.text import line

_PHONE = re.compile(r"[0-9+()（）、,/ 转-]{3,60}")


@dataclass(frozen=True, slots=True)
class Office:
    """Empty by default, and then not shown: a deployment must not pose as the ministry."""

    name: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    provider_line: str = ""
    icp_record: str = ""
    police_record: str = ""

    @property
    def issuer(self) -> str:
        """Whose code it is, in an authenticator app."""
        return self.name or "监理工程师延续注册"

    @property
    def counter(self) -> str:
        """Where the counter is and when it is open."""
        return "，".join(filter(None, (self.address, self.hours)))


def phone(text: str) -> str:
    """A line that people call, with an extension, several of them, or a hotline: no mobile number is asked for.
    Raises InvalidValue."""
    number = line(text, 60)
    if not _PHONE.fullmatch(number) or sum(char.isdigit() for char in number) < 3:
        raise InvalidValue("电话请写成“0531-88000000”或“0531-88000000转8001”。")
    return number
