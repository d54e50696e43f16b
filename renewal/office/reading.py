"""A case is opened: the log says who of the staff read personal data, and when."""

from datetime import timedelta

from renewal.office.acts import Action, actor
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.staff import Member

AGAIN_AFTER = timedelta(hours=1)
"""One row for one look at a case with all of its pictures: a row for each would bury what the log is read for."""


def read(services: Services, member: Member, number: str) -> Application | None:
    """The case, its reading logged before anything of it is shown."""
    application = services.applications.by_number(number)
    if application:
        _log(services, member, number)
    return application


def _log(services: Services, member: Member, number: str) -> None:
    who, since = actor(member), services.now() - AGAIN_AFTER
    acts = services.event_log.acts(number)
    if not any(act.actor == who and act.action == Action.READ_CASE and act.at > since for act in acts):
        services.log(who, Action.READ_CASE, number)
