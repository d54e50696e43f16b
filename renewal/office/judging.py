"""What stands in the way of a decision, and what a clerk has to have looked at."""

from renewal.domain.application import Status
from renewal.domain.clock import china_day
from renewal.domain.trust import Trust
from renewal.domain.window import untimely
from renewal.forms.correction import PICTURE_KINDS
from renewal.office.acts import Action
from renewal.office.known import compared
from renewal.services import Services
from renewal.store.applications import Application

CONFLICT = "同一证件号码另有一件在办，请先处理冲突。"
NOT_COMPARED = "自拍照还没有比对，请先与一寸照比对。"
NOT_SEEN = "还没有在窗口核验本人。"
SOMEBODY_ELSE = "自拍照不是本人，请本人到窗口核验。"
NO_SELFIE = "没有可以比对的自拍照，请本人到窗口核验。"
NOT_REGISTERED = "不在名册中。"
NOT_CONFIRMED = "单位还没有确认。"


def hindrances(services: Services, application: Application) -> list[str]:
    """Why the case can be neither accepted nor approved, each saying what to do first."""
    missing = identity(services, application)
    late = timing(services, application) if services.policy.refuses_outside_window else ""
    found = [CONFLICT if application.conflict else "", missing, late and f"{late}，不在申请期限内。"]
    return [each for each in found if each]


def timing(services: Services, application: Application) -> str:
    """What the roster says against the day on which the person applied; empty when nothing."""
    found = services.roster.person(application.answers["details"]["id_number"])
    if found is None or found.valid_until is None:
        return ""
    policy, day = services.policy, china_day(application.submitted_at)
    return untimely(found.valid_until, day, policy.opens_days, policy.closes_days) or ""


def roster_doubts(services: Services, application: Application) -> list[str]:
    """Of somebody who is not registered, or applied at the wrong time; none while there is no roster."""
    if not services.roster.exists():
        return []
    if services.roster.person(application.answers["details"]["id_number"]) is None:
        return [NOT_REGISTERED]
    late = timing(services, application)
    return [f"{late}。"] if late else []


def waits_for_comparison(services: Services, application: Application) -> bool:
    """Whether nothing but a look at selfie and photo is missing to know the person; who accepts the case has it."""
    return identity(services, application) == NOT_COMPARED


def doubts(services: Services, application: Application) -> list[str]:
    """Why it is no clean case, to be decided among others: hindrances, and whatever a clerk has to weigh."""
    pictures = application.answers["pictures"]
    found = [f"{PICTURE_KINDS[kind]}：{said['text']}" for kind in PICTURE_KINDS for said in pictures[kind]["findings"]]
    differing = [f"{row.label}与办公室掌握的不同。" for row in compared(services, application) if row.differs]
    waiting = [NOT_CONFIRMED] if lacks_confirmation(services, application) else []
    hindered = hindrances(services, application)
    return list(dict.fromkeys([*hindered, *roster_doubts(services, application), *waiting, *found, *differing]))


def lacks_confirmation(services: Services, application: Application) -> bool:
    """Whether the employer is asked here and has not said yes to this submission."""
    if not services.policy.employer_confirmation:
        return False
    confirmed = False
    for event in services.applications.events(application.id):
        if event.target is Status.SUBMITTED and event.evidence:
            confirmed = False
        confirmed = confirmed or event.target is Status.EMPLOYER_CONFIRMED
    return not confirmed


def identity(services: Services, application: Application) -> str:
    """What is missing to know that the person applied; empty when nothing is."""
    if application.trust is Trust.VERIFIED:
        return ""
    actions = [event.action for event in services.applications.events(application.id)]
    said = [action for action in actions if action in (Action.SELFIE_SAME, Action.SELFIE_OTHER)]
    if said:
        return "" if said[-1] == Action.SELFIE_SAME else SOMEBODY_ELSE
    if application.method == "counter":
        return NOT_SEEN
    there = services.attachments.some(application.draft_id, ["selfie"])
    return NOT_COMPARED if there else NO_SELFIE
