"""What a person may have deleted of a case, and what the office has to keep (个人信息保护法 art. 47)."""

from enum import Enum

from renewal.domain.application import DECIDED, OPEN, Status


class Keep(Enum):
    """Why a case is kept, said to the person whose it is."""

    OPEN = "这件正在办理，办理要用这些信息。不想办了的，可以先撤回申请，再来删除。"
    DECIDED = "这件已经作出决定，行政许可的案卷依法要保存。保存期内只存放，不作别的使用。"
    ACCEPTED = "这件受理以后才撤回，办理的案卷依法要保存。保存期内只存放，不作别的使用。"
    NOT_TAKEN = "这件未能受理，为了查清情况，办理的记录要保存。有疑问的，请带身份证件到窗口。"


def kept_because(status: Status, was_accepted: bool) -> Keep | None:
    """None when nothing stands against deleting what a case holds: it was withdrawn, and the office had not accepted
    it, so that there is no file of a permit (行政许可)."""
    if status in OPEN:
        return Keep.OPEN
    if status in DECIDED:
        return Keep.DECIDED
    if status is Status.WITHDRAWN:
        return Keep.ACCEPTED if was_accepted else None
    return Keep.NOT_TAKEN
