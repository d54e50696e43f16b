"""What is kept no longer than it is needed: deleted by itself every day, or by `flask purge`."""

from collections import Counter
from collections.abc import Mapping

from renewal.domain.actor import SYSTEM
from renewal.office.acts import Action
from renewal.services import Services

WHAT = {"attempts": "过期的尝试计数", "sessions": "过期的工作人员登录记录"}
"""What is counted, in the office's words."""
SUBJECT = "到期数据"


def purge(services: Services) -> Mapping[str, int]:
    """Delete all that is due; how many, by the names of `WHAT`. Interrupted anywhere, the next run goes on: each
    thing goes in a transaction of its own. Raises Unavailable, LogBroken."""
    gone = Counter({"attempts": services.attempts.sweep(), "sessions": services.sessions.sweep(services.now())})
    if gone.total():
        services.log(SYSTEM, Action.PURGED, SUBJECT, said(gone))
    return gone


def said(gone: Mapping[str, int]) -> str:
    """As in 过期的尝试计数3项；…"""
    return "；".join(f"{label}{gone[name]}项" for name, label in WHAT.items() if gone[name])
