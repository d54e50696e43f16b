"""Who is asking, for those who count how often: this browser, and the address it comes from."""

from renewal.attempts import Visitor
from renewal.web import session
from renewal.web.address import address


def visitor() -> Visitor:
    return Visitor(session.device().csrf, address())
