"""A face provider: who leads the person to a page of its own and tells our server, not the browser, what came of it."""

from dataclasses import dataclass, field
from typing import Protocol

from renewal.wire import contract


class NotFinished(Exception):
    """There is no result yet: the person has not come to the end of the provider's page."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the office got with its contract. `endpoint` is where the provider is asked, unless it is the usual place,
    `scene` the number of a scene where it has such, `proxy` host and port of a web proxy. Raises ValueError for one
    that lacks something or is no way to reach anybody."""

    key_id: str
    key: str = field(repr=False)
    scene: str = ""
    endpoint: str = ""
    proxy: str = ""

    def __post_init__(self) -> None:
        contract.needed({"RENEWAL_FACE_KEY_ID": self.key_id, "RENEWAL_FACE_KEY": self.key}, "RENEWAL_FACE_PROVIDER")
        contract.endpoint("RENEWAL_FACE_ENDPOINT", self.endpoint)
        contract.proxy(self.proxy)


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
