"""A face provider: who leads the person to a page of its own and tells our server, not the browser, what came of it."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

PROXY = re.compile(r"[A-Za-z0-9.-]+:[0-9]{1,5}")


class Trouble(StrEnum):
    """Why a provider cannot be used now: nothing the person did."""

    SILENT = "silent"
    BUSY = "busy"
    ODD = "odd"
    CLOCK = "clock"
    CREDENTIALS = "credentials"
    LIMIT = "limit"
    ACCOUNT = "account"


WORDS = {
    Trouble.SILENT: "没有应答，请检查本机到服务商的网络",
    Trouble.BUSY: "同时核验的人太多",
    Trouble.ODD: "应答看不懂，服务商可能正在维护",
    Trouble.CLOCK: "说请求的时间不对，请校准本机的时钟",
    Trouble.CREDENTIALS: "不认密钥，密钥可能填错、停用或已过期，请更换",
    Trouble.LIMIT: "说请求太频繁，请稍后再看",
    Trouble.ACCOUNT: "说账户不能用，请查看是否欠费、是否开通并授权、场景编号是否正确",
}
"""Said to the office, after the provider's name."""


class ProviderTrouble(RuntimeError):
    """The provider cannot be used now. As text it is the trouble and the provider's own code: nothing of a person."""

    def __init__(self, trouble: Trouble, code: str = "") -> None:
        super().__init__(f"{trouble} {code}".strip())
        self.trouble = trouble


def said(label: str, trouble: str) -> str:
    """A `ProviderTrouble` as it was kept, said to the office of the provider called `label`."""
    kind, _, code = trouble.partition(" ")
    return f"{label}{WORDS[Trouble(kind)]}{f'（{code}）' if code else ''}。"


class NotFinished(Exception):
    """There is no result yet: the person has not come to the end of the provider's page."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the office got with its contract. `endpoint` is where the provider is asked, `scene` the number of a
    scene where it has such, `proxy` host and port of a web proxy. Raises ValueError for an endpoint without TLS
    that is not this machine's own, and for a proxy that is none."""

    id: str
    key: str = field(repr=False)
    scene: str = ""
    endpoint: str = ""
    proxy: str = ""

    def __post_init__(self) -> None:
        url = urlsplit(self.endpoint)
        ours = url.scheme == "http" and url.hostname in ("127.0.0.1", "localhost", "::1")
        if self.endpoint and not (url.hostname and (url.scheme == "https" or ours)):
            raise ValueError("RENEWAL_FACE_ENDPOINT begins with https://")
        if self.proxy and not PROXY.fullmatch(self.proxy):
            raise ValueError(f"RENEWAL_FACE_PROXY is host:port, not {self.proxy!r}")


@dataclass(frozen=True, slots=True)
class Claim:
    """Who is to be there, in the order `number` (32 letters and digits); `user` stands for the person at the
    provider's, and `agent` is what the browser says it is. The provider leads back to `back`."""

    number: str
    name: str
    id_number: str
    user: str
    back: str
    agent: str


@dataclass(frozen=True, slots=True)
class Started:
    """Where the browser goes, and what the provider calls the order."""

    url: str = field(repr=False)
    reference: str


@dataclass(frozen=True, slots=True)
class Result:
    """`code` is the provider's; `words` say to the person why it did not pass."""

    passed: bool
    code: str
    words: str = ""


class Provider(Protocol):
    """One module, one entry in ELSEWHERE, one test. All three ask the provider within ten seconds."""

    name: str
    label: str
    company: str

    def start(self, claim: Claim) -> Started:
        """Raises ProviderTrouble, and VerificationRefused for a person the provider cannot look at."""

    def result(self, number: str, reference: str, /) -> Result:
        """Of the order. Raises ProviderTrouble, NotFinished."""

    def check(self) -> None:
        """Whether the credentials are good; begins no order. Raises ProviderTrouble."""
