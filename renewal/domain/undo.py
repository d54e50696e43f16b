"""What staff may take back, and for how long: a slip of the hand, and nothing that anybody relies on."""

from datetime import datetime, timedelta

from renewal.domain.application import LABELS, MoveRefused, Status

UNDO_WITHIN = timedelta(minutes=10)

UNDOABLE: dict[Status, frozenset[Status]] = {
    Status.ACCEPTED: frozenset({Status.SUBMITTED, Status.EMPLOYER_CONFIRMED}),
    Status.RETURNED: frozenset({Status.SUBMITTED, Status.EMPLOYER_CONFIRMED, Status.EMPLOYER_DECLINED}),
}
"""To where each goes back. A decision is not in it: the applicant reads it the moment it is made, and it binds the
office from then on (行政许可法 art. 8); what is wrong with it is put right by a procedure of its own (art. 69)."""

TOO_LATE = "操作已超过{minutes}分钟，不能撤销了。"


def undo(current: Status, before: Status) -> Status:
    """`before`, if the move from it to `current` can be taken back. Raises MoveRefused."""
    if before not in UNDOABLE.get(current, ()):
        raise MoveRefused(f"申请现在的状态是“{LABELS[current]}”，不能撤销。")
    return before


def in_time(moved_at: datetime, now: datetime) -> None:
    """Raises MoveRefused once the time is over."""
    if now > moved_at + UNDO_WITHIN:
        raise MoveRefused(TOO_LATE.format(minutes=int(UNDO_WITHIN.total_seconds() // 60)))
