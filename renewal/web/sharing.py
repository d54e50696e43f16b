"""The link to the employer, as its owner is shown it: on 提交成功 and in 我的办件."""

from typing import Any

from flask import url_for

from renewal.domain.application import Status
from renewal.domain.clock import day_and_time
from renewal.store.applications import Application
from renewal.store.employer_links import LinkKey
from renewal.web.context import context

RENEW = "employer_link"
"""What the token of its form says."""


def share(application: Application) -> dict[str, Any] | None:
    """What to send to the employer, or what it declined for; None when there is nothing to do about either."""
    services = context().services
    if application.status is Status.EMPLOYER_DECLINED:
        said = services.employer_answers.last(application.id)
        return _forms(application) | {
            "declined": said.reason if said else "",
        }
    if application.status is not Status.SUBMITTED or not services.policy.employer_confirmation:
        return None
    link = services.employer_links.current(application)
    return _forms(application) | {
        "address": address_of(link.key),
        "qr_url": url_for("asking.qr", number=application.number, serial=link.key.serial),
        "expired": services.now() >= link.ends_at,
        "until": day_and_time(link.ends_at),
        "token": context().tokens.step(application.draft_id, RENEW, link.key.serial),
    }


def address_of(key: LinkKey) -> str:
    return context().public_url(url_for("employer.show", token=context().tokens.employer(key)))


def _forms(application: Application) -> dict[str, str]:
    return {
        "case_url": url_for("cases.show", number=application.number) + "#employer",
        "renew_url": url_for("asking.renew", number=application.number),
        "correct_url": url_for("cases.correct", number=application.number),
        "paper_url": url_for("asking.paper", number=application.number),
    }
