"""What staff do beside moving cases, as the log names it, and how all that is logged is called."""

from enum import StrEnum

from renewal.domain.actor import Actor, ActorKind
from renewal.domain.application import LABELS as STATUSES
from renewal.domain.application import Status
from renewal.selfies import SELFIE_DELETED
from renewal.store.event_log import FACE_VERIFIED, MOVE, PERSON_VERIFIED, UNDO
from renewal.store.intake import CONFLICT, CONFLICT_SETTLED
from renewal.store.staff import Member

COMMAND = Actor(ActorKind.SYSTEM, "命令行")
"""Whoever has a shell on the machine."""


class Action(StrEnum):
    """At most 20 characters each."""

    DEMO = "demo"
    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    SESSION_ENDED = "session_ended"
    ADD_STAFF = "add_staff"
    RESET_STAFF = "reset_staff"
    DISABLE_STAFF = "disable_staff"
    ENABLE_STAFF = "enable_staff"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  # the name of an act
    RECOVERY_CODES = "recovery_codes"
    READ_CASE = "read_case"
    CLAIM = "claim"
    GIVE_BACK = "give_back"
    TAKE_OVER = "take_over"
    PERSON_VERIFIED = PERSON_VERIFIED
    SELFIE_SAME = "selfie_same"
    SELFIE_OTHER = "selfie_other"
    CHECK_LOG = "check_log"
    EXPORT_LOG = "export_log"


LABELS: dict[str, str] = {
    UNDO: "撤销",
    CONFLICT: "发现冲突",
    CONFLICT_SETTLED: "处理冲突",
    SELFIE_DELETED: "自拍照已删除",
    FACE_VERIFIED: "人脸核身通过",
    Action.DEMO: "填入演示数据",
    Action.SIGN_IN: "登录",
    Action.SIGN_IN_FAILED: "登录失败",
    Action.SIGN_OUT: "退出",
    Action.SESSION_ENDED: "结束登录",
    Action.ADD_STAFF: "添加人员",
    Action.RESET_STAFF: "重置密码和验证器",
    Action.DISABLE_STAFF: "停用人员",
    Action.ENABLE_STAFF: "启用人员",
    Action.PASSWORD_CHANGED: "修改密码",
    Action.RECOVERY_CODES: "生成恢复码",
    Action.READ_CASE: "查看个人信息",
    Action.CLAIM: "领办",
    Action.GIVE_BACK: "放回",
    Action.TAKE_OVER: "接手",
    Action.PERSON_VERIFIED: "窗口核验本人",
    Action.SELFIE_SAME: "自拍照比对：是同一人",
    Action.SELFIE_OTHER: "自拍照比对：不是同一人",
    Action.CHECK_LOG: "检查日志",
    Action.EXPORT_LOG: "导出日志",
}
"""Of everything that is logged and moves no case."""


def label(action: str, target: str) -> str:
    """What happened, in the office's words; a move is called by the status it led to."""
    if action == MOVE:
        return STATUSES[Status(target)]
    if action == UNDO:
        return f"{LABELS[UNDO]}，恢复为“{STATUSES[Status(target)]}”"
    return LABELS.get(action, action)


def actor(member: Member) -> Actor:
    """As the log of every half shows a member of staff."""
    return Actor(ActorKind.STAFF, member.name)
