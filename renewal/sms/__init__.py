"""Text messages by a provider's server: one protocol, one module for each provider, all listed here."""

from collections.abc import Callable, Mapping

from renewal.sms.aliyun import Aliyun
from renewal.sms.provider import Account, Provider
from renewal.sms.tencent import Tencent

PROVIDERS: Mapping[str, Callable[[Account], Provider]] = {"tencent": Tencent, "aliyun": Aliyun}
