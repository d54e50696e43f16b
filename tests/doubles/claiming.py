"""A person at a provider's page."""

from urllib.request import urlopen

from renewal.verification.provider import Claim, Started
from tests.factories import person

ME = person()
CLAIM = Claim(
    "0123456789abcdef" * 2, ME.name, ME.id_number, "u" * 32, "https://yanxu.example.cn/back?a=1&b=二", "Mobile"
)


def walked(double, started: Started, passed: bool) -> None:
    """A browser opens the page and the person comes to its end; it is not followed back."""
    urlopen(started.url, timeout=5).close()
    order = double.orders[CLAIM.number]
    assert double.finish(order, passed).startswith(CLAIM.back)
