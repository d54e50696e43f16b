"""What a provider of text messages does for us, and why it sometimes does not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from renewal.domain.sms import PARAMETERS, Kind


class Trouble(StrEnum):
    SILENT = "silent"
    ODD = "odd"
    CLOCK = "clock"
    CREDENTIALS = "credentials"
    LIMIT = "limit"
    ACCOUNT = "account"
    TEMPLATE = "template"
    NUMBER = "number"
    OTHER = "other"


WORDS = {
    Trouble.SILENT: "服务商没有应答，请检查本机到服务商的网络",
    Trouble.ODD: "服务商的应答看不懂，可能正在维护",
    Trouble.CLOCK: "服务商说请求的时间不对，请校准本机的时钟",
    Trouble.CREDENTIALS: "服务商不认密钥，密钥可能填错、停用或已过期，请更换",
    Trouble.LIMIT: "服务商说发送太频繁",
    Trouble.ACCOUNT: "服务商说账户不能用，请查看是否欠费、冻结，套餐是否用完",
    Trouble.TEMPLATE: "服务商说短信签名或模板不对，请核对是否审核通过、变量是否一致",
    Trouble.NUMBER: "这个号码收不到：空号、停机或拒收",
    Trouble.OTHER: "服务商没有接受",
}
"""Said to the office."""


class SmsTrouble(RuntimeError):
    """The message was not taken, or nobody knows. `code` is the provider's own; nothing of it is of a person."""

    def __init__(self, trouble: Trouble, code: str = "") -> None:
        super().__init__(f"{WORDS[trouble]}（{code}）" if code else WORDS[trouble])
        self.trouble, self.code = trouble, code

    @property
    def final(self) -> bool:
        """Whether trying again is no use: all else the office or time may mend."""
        return self.trouble is Trouble.NUMBER


@dataclass(frozen=True, slots=True)
class Account:
    """What the office got with its contract: `templates` are the numbers of its templates by kind; one without is
    not sent. `endpoint` is where the provider is asked, unless it is the usual place. Raises ValueError for one that
    lacks something or for an endpoint without TLS that is not this machine's own."""

    key_id: str
    key: str = field(repr=False)
    sign_name: str
    templates: Mapping[Kind, str]
    app_id: str = ""
    endpoint: str = ""

    def __post_init__(self) -> None:
        needed = {
            "RENEWAL_SMS_KEY_ID": self.key_id,
            "RENEWAL_SMS_KEY": self.key,
            "RENEWAL_SMS_SIGN_NAME": self.sign_name,
            "RENEWAL_SMS_TEMPLATE_CODE": self.templates.get(Kind.CODE),
        }
        for variable, value in needed.items():
            if not value:
                raise ValueError(f"{variable} is needed with RENEWAL_SMS_PROVIDER")
        url = urlsplit(self.endpoint)
        ours = url.scheme == "http" and url.hostname in ("127.0.0.1", "localhost", "::1")
        if self.endpoint and not (url.hostname and (url.scheme == "https" or ours)):
            raise ValueError("RENEWAL_SMS_ENDPOINT begins with https://")


@dataclass(frozen=True, slots=True)
class Text:
    """`phone` has eleven digits; `parameters` are those of `domain.sms.PARAMETERS`, `key` is the same each time
    this message is tried, and comes back in the provider's receipts."""

    kind: Kind
    phone: str = field(repr=False)
    parameters: Mapping[str, str] = field(repr=False)
    key: str

    @property
    def in_order(self) -> list[str]:
        return [self.parameters[name] for name in PARAMETERS[self.kind]]


class Provider(Protocol):
    """One module, one entry in PROVIDERS, one test. Each asks its server for ten seconds at most."""

    @property
    def account(self) -> Account:
        """Which it was made with."""

    def send(self, text: Text) -> str:
        """The provider's own number of the message. Raises SmsTrouble."""

    def check(self) -> None:
        """Whether credentials and the template of the codes are good; sends nothing. Raises SmsTrouble."""


def utc_now() -> datetime:
    return datetime.now(UTC)


Now = Callable[[], datetime]


def trouble(table: Mapping[str, Trouble], code: str) -> SmsTrouble:
    """By the longest beginning of the provider's code that the table knows."""
    known = max((start for start in table if code.startswith(start)), key=len, default="")
    return SmsTrouble(table.get(known, Trouble.OTHER), code[:60])
