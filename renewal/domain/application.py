"""The life of an application: its statuses and the only moves between them."""

from enum import StrEnum

from renewal.domain.errors import InvalidValue

ITEM_NAME = "监理工程师执业资格认定（延续注册）"
ITEM_CODE = "11100000000013338W1000117040000"
"""What is applied for, as the list of government services has it."""


class Status(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    EMPLOYER_CONFIRMED = "employer_confirmed"
    EMPLOYER_DECLINED = "employer_declined"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    APPROVED = "approved"
    DECLINED = "declined"
    NOT_TAKEN = "not_taken"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


LABELS: dict[Status, str] = {
    Status.DRAFT: "尚未提交",
    Status.SUBMITTED: "已提交",
    Status.EMPLOYER_CONFIRMED: "单位已确认",
    Status.EMPLOYER_DECLINED: "单位未确认",
    Status.ACCEPTED: "已受理",
    Status.RETURNED: "退回补正",
    Status.APPROVED: "准予延续注册",
    Status.DECLINED: "不予延续注册",
    Status.NOT_TAKEN: "未能受理",
    Status.WITHDRAWN: "已撤回",
    Status.EXPIRED: "草稿已失效",
}

MOVES: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.SUBMITTED, Status.EXPIRED}),
    # Straight to acceptance or return where the office does without the employer's confirmation.
    Status.SUBMITTED: frozenset(
        {
            Status.EMPLOYER_CONFIRMED,
            Status.EMPLOYER_DECLINED,
            Status.ACCEPTED,
            Status.RETURNED,
            Status.NOT_TAKEN,
            Status.WITHDRAWN,
        }
    ),
    Status.EMPLOYER_CONFIRMED: frozenset({Status.ACCEPTED, Status.RETURNED, Status.NOT_TAKEN, Status.WITHDRAWN}),
    Status.EMPLOYER_DECLINED: frozenset({Status.SUBMITTED, Status.RETURNED, Status.NOT_TAKEN, Status.WITHDRAWN}),
    # 未能受理 from here, too: what was accepted of somebody else than the person has no ground.
    Status.ACCEPTED: frozenset({Status.APPROVED, Status.DECLINED, Status.NOT_TAKEN, Status.WITHDRAWN}),
    Status.RETURNED: frozenset({Status.SUBMITTED, Status.NOT_TAKEN, Status.WITHDRAWN}),
    Status.APPROVED: frozenset(),
    Status.DECLINED: frozenset(),
    Status.NOT_TAKEN: frozenset(),
    Status.WITHDRAWN: frozenset(),
    Status.EXPIRED: frozenset(),
}

OPEN: frozenset[Status] = frozenset(status for status in MOVES if MOVES[status]) - {Status.DRAFT}
"""Submitted and undecided: blocks a second application for the same identity number."""

CLOSED: frozenset[Status] = frozenset(status for status in MOVES if not MOVES[status])
"""Nothing moves it any more."""

DECIDED: frozenset[Status] = frozenset({Status.APPROVED, Status.DECLINED})
"""The office has spoken."""

WITHDRAWABLE: frozenset[Status] = frozenset(status for status in MOVES if Status.WITHDRAWN in MOVES[status])
"""An applicant may withdraw until the decision (行政许可法)."""

CORRECTABLE: frozenset[Status] = frozenset(s for s in MOVES if Status.SUBMITTED in MOVES[s]) - {Status.DRAFT}
"""Handed in, and to be handed in once more: the office or the employer said what is wrong."""

NOT_TAKEN_REASON = "请携带身份证件原件到窗口办理。"
"""Of one that the person did not file (行政许可法 art. 78: what rests on falsehood is not taken). All that its
applicant is told: a stranger must not learn that there is another, and the person, if it was theirs after all,
learns what to do."""

_USUALLY_NEXT = {
    Status.SUBMITTED: Status.EMPLOYER_CONFIRMED,
    Status.EMPLOYER_CONFIRMED: Status.ACCEPTED,
    Status.EMPLOYER_DECLINED: Status.SUBMITTED,
    Status.ACCEPTED: Status.APPROVED,
    Status.RETURNED: Status.SUBMITTED,
}


def ahead(status: Status, employer_confirmation: bool) -> list[Status]:
    """The moves to come when all goes well, in order; none for a closed case."""
    to_come = []
    while status in _USUALLY_NEXT:
        status = _USUALLY_NEXT[status]
        if status is Status.EMPLOYER_CONFIRMED and not employer_confirmation:
            status = Status.ACCEPTED
        to_come.append(status)
    return to_come


class MoveRefused(InvalidValue):
    """A move the table does not know, mostly because somebody else moved the application first."""


def move(current: Status, target: Status) -> Status:
    """`target`, if it can be reached from `current` in one move. Raises MoveRefused."""
    if target not in MOVES[current]:
        raise MoveRefused(f"申请现在的状态是“{LABELS[current]}”，不能改为“{LABELS[target]}”，请刷新页面查看最新状态。")
    return target
