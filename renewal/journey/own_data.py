"""查阅、复制、删除 (个人信息保护法 art. 45, 47): what is kept of the person at this browser, and its deletion.

Whose data it is, is what a session has opened, and of that one person's alone: another owner's case is not shown, for
nobody proves by an ID number that it is theirs (decision 9).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from renewal.domain.actor import APPLICANT, ActorKind
from renewal.domain.application import Status
from renewal.domain.keeping import Keep, kept_because
from renewal.services import Services
from renewal.store.applications import Application, ApplicationChanged
from renewal.store.drafts import Draft
from renewal.store.event_log import MOVE, OWN_DATA_DELETED, LogBroken
from renewal.store.staff import Role

SUBJECT = "个人信息"
AT_ANY_TIME = timedelta(days=1)
"""From now: whenever a draft was saved, it goes."""


@dataclass(frozen=True, slots=True)
class Held:
    """A draft, and the case it became; `keep` says why that stays, until when where the office keeps it by law."""

    draft: Draft
    case: Application | None = None
    keep: Keep | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """How many were deleted, and how many stay."""

    drafts: int
    cases: int
    kept: int


def held(services: Services, opened: Iterable[str], current: Draft) -> list[Held]:
    """What there is of the person of the `current` draft among the drafts `opened`, the newest first."""
    drafts = [services.draft(draft_id) for draft_id in dict.fromkeys((*opened, current.id)) if draft_id]
    mine = [draft for draft in drafts if draft.version and _whose(draft) == _whose(current)]
    return [_held(services, draft) for draft in reversed(mine)]


def readings(services: Services, number: str) -> list[tuple[datetime, Role | None]]:
    """When staff opened or used a case beside moving it, and in which role they are now; the newest first."""
    roles = {member.name: member.role for member in services.staff.list()}
    acts = reversed(services.event_log.acts(number))
    return [(act.at, roles.get(act.actor.name)) for act in acts if act.actor.kind is ActorKind.STAFF]


def delete(services: Services, mine: Sequence[Held], avatar_id: str) -> Gone:
    """Delete what no duty keeps; one event says how much, and nothing of it. A case whose rows in the log were changed
    by hand stays, as evidence."""
    now = services.now()
    begun = [one.draft.id for one in mine if one.case is None]
    drafts, _ = services.abandoned.delete(begun, now + AT_ANY_TIME)
    cases = sum(_emptied(services, one.case, now) for one in mine if one.case and one.keep is None)
    with services.database.transaction():
        if avatar_id:
            services.people.remove_avatar(avatar_id)
        said = f"草稿{drafts}份，办件{cases}件{'，头像' if avatar_id else ''}"
        services.log(APPLICANT, OWN_DATA_DELETED, SUBJECT, said)
    return Gone(drafts, cases, len(mine) - drafts - cases)


def _whose(draft: Draft) -> tuple[str, str]:
    """On a shared phone another name with the same number is somebody else."""
    return draft.id_index, draft.answers.get("verify", {}).get("name", "")


def _held(services: Services, draft: Draft) -> Held:
    case = services.applications.of_draft(draft.id)
    if case is None:
        return Held(draft)
    moves = [event for event in services.applications.events(case.id) if event.action == MOVE]
    keep = kept_because(case.status, any(event.target is Status.ACCEPTED for event in moves))
    kept_days = timedelta(days=services.policy.keep_decided_days)
    return Held(draft, case, keep, moves[-1].at + kept_days if keep not in (None, Keep.OPEN) else None)


def _emptied(services: Services, case: Application, now: datetime) -> bool:
    try:
        services.finished.delete(case.id, now)
    except (ApplicationChanged, LogBroken):
        return False
    return True
