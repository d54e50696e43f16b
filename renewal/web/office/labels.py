"""How the office's pages call its people and their sessions."""

import re
from collections.abc import Callable
from typing import Any

from flask import Response, url_for

from renewal.attempts import TooMany
from renewal.domain.clock import day_and_time
from renewal.store.staff import Member, Role
from renewal.store.staff_sessions import Session
from renewal.web import messages

ROLES = {Role.CLERK: "经办人", Role.ADMINISTRATOR: "管理员", Role.AUDITOR: "审计员（只读）"}
TOO_OFTEN = "失败次数太多，请过{minutes}分钟再试。忘了密码的，请管理员重置。"

BROWSERS = {"MicroMessenger": "微信", "Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {"Android": "安卓手机", "iPhone": "苹果手机", "Windows": "Windows", "Mac OS": "Mac", "Linux": "Linux"}
"""What a browser's name of itself contains; the first that fits, for most claim to be others, too."""


def member_row(member: Member) -> dict[str, Any]:
    return {
        "name": member.name,
        "role": ROLES[member.role],
        "state": _state(member),
        "disabled": member.disabled,
        "since": day_and_time(member.created_at),
        "url": url_for("office.people.one", member_id=member.id),
    }


def session_row(session: Session) -> dict[str, Any]:
    return {
        "handle": session.handle,
        "since": day_and_time(session.created_at),
        "seen": day_and_time(session.seen_at),
        "address": session.address or "本机或代理",
        "browser": "，".join(filter(None, (_first(SYSTEMS, session.agent), _first(BROWSERS, session.agent)))) or "未知",
    }


def grouped(secret: str) -> str:
    """In fours, as people type it over."""
    return " ".join(re.findall(".{1,4}", secret))


def too_often(too_many: TooMany, page: Callable[[int], Response]) -> Response:
    """429 with the form once more, and when to send it again."""
    messages.add("error", TOO_OFTEN.format(minutes=-(-too_many.seconds // 60)))
    response = page(429)
    response.headers["Retry-After"] = str(too_many.seconds)
    return response


def _state(member: Member) -> str:
    if member.disabled:
        return "已停用"
    if member.last_totp_step is None:
        return "还没有登录过"
    return "使用初始密码" if member.first_password_at else "正常"


def _first(names: dict[str, str], agent: str) -> str:
    return next((words for mark, words in names.items() if mark in agent), "")
