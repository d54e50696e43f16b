"""Text messages: which there are, when one may go out, and what it may say."""

import random
from datetime import datetime, time, timedelta
from enum import StrEnum

from renewal.domain.application import Status
from renewal.domain.clock import CHINA


class Kind(StrEnum):
    CODE = "code"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DECIDED = "decided"
    EXPIRING = "expiring"


LABELS = {
    Kind.CODE: "验证码",
    Kind.SUBMITTED: "提交成功",
    Kind.RETURNED: "退回补正",
    Kind.ACCEPTED: "已受理",
    Kind.DECIDED: "作出决定",
    Kind.EXPIRING: "注册到期提醒",
}

TOLD = {
    Status.SUBMITTED: Kind.SUBMITTED,
    Status.RETURNED: Kind.RETURNED,
    Status.ACCEPTED: Kind.ACCEPTED,
    Status.APPROVED: Kind.DECIDED,
    Status.DECLINED: Kind.DECIDED,
}
"""The moves that the applicant is told of."""

PARAMETERS = {
    Kind.CODE: ("code", "minutes"),
    Kind.SUBMITTED: ("tail",),
    Kind.RETURNED: ("tail", "link"),
    Kind.ACCEPTED: ("tail",),
    Kind.DECIDED: ("tail", "result"),
    Kind.EXPIRING: ("days",),
}
"""What stands in the office's template of each kind, in order. Nothing of a person: `tail` are the last four
characters of the case's number, `link` is the end of an address that opens nothing by itself."""

CODE_LASTS = timedelta(minutes=10)
LASTS = timedelta(days=3)
"""After that a message is no news any more."""
QUIET_FROM, QUIET_UNTIL = time(21), time(8)
"""通信短信息服务管理规定 wants nobody disturbed at night; a code is waited for."""
TRIES = 8
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
REMIND_DAYS = (90, 60, 30)
"""Before a registration runs out: when it may be renewed, halfway, and when the time to do it ends (部令第147号)."""


def lasts(kind: Kind) -> timedelta:
    return CODE_LASTS if kind is Kind.CODE else LASTS


def tail(number: str) -> str:
    return number[-4:]


def is_quiet(now: datetime) -> bool:
    """Whether it is night in China: 21:00 to 8:00."""
    at = now.astimezone(CHINA).time()
    return at >= QUIET_FROM or at < QUIET_UNTIL


def day_began(now: datetime) -> datetime:
    """Midnight in China before `now`: since then one of a kind goes to a number."""
    return datetime.combine(now.astimezone(CHINA).date(), time(), CHINA)


def next_morning(now: datetime) -> datetime:
    """Eight o'clock in China on the day after."""
    return day_began(now) + timedelta(days=1, hours=QUIET_UNTIL.hour)


def wait(tries: int) -> timedelta:
    """After so many tries in vain: a minute, doubled each time, half of it more or less by chance, so that what
    failed together is not tried again together."""
    longest: timedelta = min(FIRST_WAIT * 2 ** min(tries - 1, 10), LONGEST_WAIT)
    return longest * random.uniform(0.5, 1.5)  # noqa: S311  # no secret
