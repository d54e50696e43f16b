"""What is kept no longer than it is needed: deleted by itself every day, or by `flask purge`.

Each transaction is short, and between two of them whoever waits for the database comes first. Broken off anywhere, the
next run goes on: what is due is asked anew, and again in the transaction that deletes it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from time import sleep

from renewal.domain.actor import SYSTEM
from renewal.domain.errors import InvalidValue
from renewal.office.acts import Action
from renewal.selfies import forget_selfie
from renewal.services import Services
from renewal.store.applications import ApplicationChanged
from renewal.store.event_log import LogBroken

WHAT = {
    "drafts": "未提交的草稿",
    "avatars": "不再使用的头像",
    "selfies": "比对后或办结后的自拍照",
    "cases": "到期办件的内容",
    "registrations": "不再需要的注册信息",
    "attempts": "过期的尝试计数",
    "sessions": "过期的工作人员登录记录",
    "messages": "不再需要的短信和验证码",
}
"""What is counted, in the office's words."""
SUBJECT = "到期数据"
NOT_NEEDED = "自拍照不再需要，已删除"
COMPARED_BY = (Action.SELFIE_SAME, Action.SELFIE_OTHER)
CHANGED = "有{number}件到期办件的日志记录与写入时不符，内容没有删除。请在“日志”里检查，并联系维护人员。"
BATCH = 5
"""Drafts in one transaction: with their pictures some megabytes, which are written over with zeros."""
BREATH = 0.02
"""Seconds in which who waits for the database comes first."""


def due(services: Services) -> dict[str, int]:
    """How many would go now, by the names of `WHAT`. Nobody knows before which registrations go with them."""
    return {
        "drafts": len(services.abandoned.drafts(_before(services, services.policy.keep_drafts_days))),
        "avatars": len(services.people.unused_avatars(_before(services, services.policy.keep_avatars_days))),
        "selfies": len(services.finished.with_selfie(COMPARED_BY)),
        "cases": len(services.finished.over(_before(services, services.policy.keep_decided_days))),
        "attempts": services.attempts.expired(),
        "sessions": services.sessions.expired(services.now()),
        "messages": services.sent_messages.over(services.now()) + services.phones.over(services.now()),
    }


def purge(services: Services) -> Mapping[str, int]:
    """Delete all that is due; how many, by the names of `WHAT`: one event says it, also of a run that failed on the
    way. Raises Unavailable, and InvalidValue when a case was left because its rows in the log were changed by hand."""
    gone: Counter[str] = Counter()
    try:
        left = _delete(services, gone)
    finally:
        if gone.total():
            services.log(SYSTEM, Action.PURGED, SUBJECT, said(gone))
        services.database.tidy()
    if left:
        raise InvalidValue(CHANGED.format(number=left))
    return gone


def said(gone: Mapping[str, int]) -> str:
    """As in 未提交的草稿3项；…"""
    return "；".join(f"{label}{gone[name]}项" for name, label in WHAT.items() if gone.get(name))


def _delete(services: Services, gone: Counter[str]) -> int:
    """How many cases were left."""
    _drafts(services, gone)
    _avatars(services, gone)
    _selfies(services, gone)
    left = _cases(services, gone)
    gone["attempts"] += services.attempts.sweep()
    gone["sessions"] += services.sessions.sweep(services.now())
    gone["messages"] += services.sent_messages.sweep(services.now()) + services.phones.sweep(services.now())
    return left


def _drafts(services: Services, gone: Counter[str]) -> None:
    before = _before(services, services.policy.keep_drafts_days)
    for batch in _batches(services.abandoned.drafts(before)):
        drafts, registrations = services.abandoned.delete(batch, before)
        gone.update(drafts=drafts, registrations=registrations)


def _avatars(services: Services, gone: Counter[str]) -> None:
    before = _before(services, services.policy.keep_avatars_days)
    for batch in _batches(services.people.unused_avatars(before)):
        gone["avatars"] += services.people.remove_unused(batch, before)


def _selfies(services: Services, gone: Counter[str]) -> None:
    for application_id in services.finished.with_selfie(COMPARED_BY):
        try:
            with services.database.transaction():
                forget_selfie(services, services.applications.get(application_id), SYSTEM, NOT_NEEDED)
        except ApplicationChanged:  # somebody works on it: tomorrow
            continue
        gone["selfies"] += 1
        sleep(BREATH)


def _cases(services: Services, gone: Counter[str]) -> int:
    left = 0
    for application_id in services.finished.over(_before(services, services.policy.keep_decided_days)):
        try:
            gone["registrations"] += services.finished.delete(application_id, services.now())
        except ApplicationChanged:  # another run does it
            continue
        except LogBroken:  # evidence of who changed it: the office has to look first
            left += 1
            continue
        gone["cases"] += 1
        sleep(BREATH)
    return left


def _batches(ids: list[str]) -> Iterator[list[str]]:
    remaining = iter(ids)
    while batch := list(islice(remaining, BATCH)):
        yield batch
        sleep(BREATH)


def _before(services: Services, days: int) -> datetime:
    return services.now() - timedelta(days=days)
