"""Why a provider did not do what it was asked, and how that is said to the office."""

from collections.abc import Mapping
from enum import StrEnum


class Trouble(StrEnum):
    SILENT = "silent"
    BUSY = "busy"
    ODD = "odd"
    CLOCK = "clock"
    CREDENTIALS = "credentials"
    LIMIT = "limit"
    ACCOUNT = "account"
    TEMPLATE = "template"
    NUMBER = "number"
    OTHER = "other"


WORDS = {
    Trouble.SILENT: "没有应答，请检查本机到服务商的网络",
    Trouble.BUSY: "正在处理的请求太多",
    Trouble.ODD: "的应答看不懂，服务商可能正在维护",
    Trouble.CLOCK: "说请求的时间不对，请校准本机的时钟",
    Trouble.CREDENTIALS: "不认密钥，密钥可能填错、停用或已过期，请更换",
    Trouble.LIMIT: "说请求太频繁，请稍后再看",
    Trouble.ACCOUNT: "说账户不能用，请查看是否欠费、冻结，套餐是否用完，服务是否开通并授权，编号是否填对",
    Trouble.TEMPLATE: "说短信签名或模板不对，请核对是否审核通过、变量是否一致",
    Trouble.NUMBER: "说这个号码收不到：空号、停机或拒收",
    Trouble.OTHER: "没有接受请求",
}
"""Said after the provider's name."""


class ProviderTrouble(RuntimeError):
    """As text it is the trouble and the provider's own code, as `said` reads it: nothing of a person."""

    def __init__(self, trouble: Trouble, code: str = "") -> None:
        super().__init__(f"{trouble} {code}".strip())
        self.trouble, self.code = trouble, code


def said(label: str, trouble: str) -> str:
    """A `ProviderTrouble` as text, said of the provider called `label`, without a full stop."""
    kind, _, code = trouble.partition(" ")
    return f"{label}{WORDS[Trouble(kind)]}{f'（{code}）' if code else ''}"


def by_code(table: Mapping[str, Trouble], code: str) -> ProviderTrouble:
    """By the longest beginning of the provider's code that the table knows."""
    known = max((start for start in table if code.startswith(start)), key=len, default="")
    return ProviderTrouble(table.get(known, Trouble.OTHER), code[:60])
