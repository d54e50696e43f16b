"""What the roster says to the person it is about: nobody is told before being verified to be that person.

For anybody else nothing is even looked up, so that no page and no pause tells who is registered.
"""

from datetime import date

from renewal.domain.clock import china_day
from renewal.domain.dates import show
from renewal.domain.trust import Trust
from renewal.domain.window import renewed_until, window_warning
from renewal.forms.correction import FIELDS
from renewal.services import Services
from renewal.store.roster import Registered

SPECIALTIES = ("specialty_1", "specialty_2")
CHANGED = "名册上的注册专业是“{said}”，与您填写的不同。延续注册一般保持原有专业；确实要改的可以继续。"


def registered(services: Services, trust: Trust, id_number: str) -> Registered | None:
    return services.roster.person(id_number) if trust is Trust.VERIFIED else None


def prefilled(found: Registered | None) -> dict[str, str]:
    """Answers of the details form."""
    return {name: value for name, value in found.record.items() if name in FIELDS} if found else {}


def warnings(services: Services, found: Registered | None, details: dict[str, str]) -> list[str]:
    """What somebody should know before going on: applying at the wrong time, and with other specialties."""
    if found is None:
        return []
    said = [found.record[name] for name in SPECIALTIES if name in found.record]
    filled_in = {details.get(name, "") for name in SPECIALTIES} - {""}
    changed = [CHANGED.format(said="、".join(said))] if said and filled_in and filled_in != set(said) else []
    return [*untimely(services, found), *changed]


def untimely(services: Services, found: Registered | None) -> list[str]:
    """That it is too early or too late today, if it is."""
    if found is None or found.valid_until is None:
        return []
    policy = services.policy
    said = window_warning(found.valid_until, china_day(services.now()), policy.opens_days, policy.closes_days)
    return [said] if said else []


def validity(found: Registered | None) -> str:
    """Until when one is registered, now and after the renewal; empty where nobody knows."""
    until: date | None = found.valid_until if found else None
    return f"现在的有效期至{show(until)}，准予后延至{show(renewed_until(until))}" if until else ""
