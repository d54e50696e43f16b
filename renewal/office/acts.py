"""What staff do beside moving cases, as the log names it, and how all that is logged is called."""

from enum import StrEnum

from renewal.domain.actor import Actor, ActorKind
from renewal.domain.application import LABELS as STATUSES
from renewal.domain.application import Status
from renewal.selfies import SELFIE_DELETED
from renewal.store import event_log
from renewal.store.event_log import CONTENT_DELETED, FACE_VERIFIED, MOVE, OWN_DATA_DELETED, UNDO
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
    CLAIM = event_log.CLAIM
    GIVE_BACK = event_log.GIVE_BACK
    TAKE_OVER = event_log.TAKE_OVER
    PERSON_VERIFIED = event_log.PERSON_VERIFIED
    SELFIE_SAME = "selfie_same"
    SELFIE_OTHER = "selfie_other"
    CHECK_LOG = "check_log"
    EXPORT_LOG = "export_log"
    SETTING = "setting"
    RESTORED = "restored"
    KEYS_ROTATED = "keys_rotated"
    PURGED = "purged"
    SEND_AGAIN = "send_again"
    DROP_MESSAGE = "drop_message"
    EXPORT_CASES = "export_cases"
    CHECK_ROSTER = "check_roster"
    IMPORT_ROSTER = "import_roster"
    UNDO_ROSTER = "undo_roster"
    DROP_ROSTER = "drop_roster"


LABELS: dict[str, str] = {
    UNDO: "撤销",
    CONFLICT: "发现冲突",
    CONFLICT_SETTLED: "处理冲突",
    SELFIE_DELETED: "自拍照已删除",
    FACE_VERIFIED: "人脸核身通过",
    CONTENT_DELETED: "删除办件内容",
    OWN_DATA_DELETED: "本人删除个人信息",
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
    Action.SETTING: "修改设置",
    Action.RESTORED: "从备份恢复",
    Action.KEYS_ROTATED: "更换密钥",
    Action.PURGED: "删除到期数据",
    Action.SEND_AGAIN: "重发短信",
    Action.DROP_MESSAGE: "短信不再发送",
    Action.EXPORT_CASES: "导出办件",
    Action.CHECK_ROSTER: "检查名册文件",
    Action.IMPORT_ROSTER: "导入名册",
    Action.UNDO_ROSTER: "撤销名册导入",
    Action.DROP_ROSTER: "放弃名册文件",
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
