"""What a provider of text messages does for us."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from renewal.domain.sms import PARAMETERS, Kind
from renewal.wire import contract


@dataclass(frozen=True, slots=True)
class Account:
    """What the office got with its contract: `templates` are the numbers of its templates by kind; one without is
    not sent. `endpoint` is where the provider is asked, unless it is the usual place, `proxy` host and port of a web
    proxy. Raises ValueError for one that lacks something or is no way to reach anybody."""

    key_id: str
    key: str = field(repr=False)
    sign_name: str
    templates: Mapping[Kind, str]
    app_id: str = ""
    endpoint: str = ""
    proxy: str = ""

    def __post_init__(self) -> None:
        needed = {
            "RENEWAL_SMS_KEY_ID": self.key_id,
            "RENEWAL_SMS_KEY": self.key,
            "RENEWAL_SMS_SIGN_NAME": self.sign_name,
            "RENEWAL_SMS_TEMPLATE_CODE": self.templates.get(Kind.CODE),
        }
        contract.needed(needed, "RENEWAL_SMS_PROVIDER")
        contract.endpoint("RENEWAL_SMS_ENDPOINT", self.endpoint)
        contract.proxy(self.proxy)


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

    label: str
    account: Account
    """Which it was made with."""

    def send(self, text: Text) -> str:
        """The provider's own number of the message. Raises ProviderTrouble."""

    def check(self) -> None:
        """Whether credentials and the template of the codes are good; sends nothing. Raises ProviderTrouble."""
