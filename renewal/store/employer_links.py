"""Which link asks the employer about a case: one at a time, for what was handed in last."""

from dataclasses import dataclass
from datetime import datetime

from renewal.domain.confirmation import LINK_LASTS
from renewal.store import models
from renewal.store.applications import Application
from renewal.store.database import Store


@dataclass(frozen=True, slots=True)
class LinkKey:
    """What stands in a link, signed: the submission that it asks about, and which of its links it is; the first
    is number 0."""

    application_id: int
    position: int
    serial: int


@dataclass(frozen=True, slots=True)
class EmployerLink:
    key: LinkKey
    made_at: datetime

    @property
    def ends_at(self) -> datetime:
        return self.made_at + LINK_LASTS


class EmployerLinks(Store):
    def current(self, application: Application) -> EmployerLink:
        """The one that holds now: made with the handing-in, unless another was made since."""
        row, position = models.EmployerLink, application.submissions - 1
        of_it = row.select().where((row.application == application.id) & (row.position == position))
        newest = self._database.row(of_it.order_by(row.id.desc()))
        if newest:
            return EmployerLink(LinkKey(application.id, position, newest.id), newest.made_at)
        handed_in = application.resubmitted_at or application.submitted_at
        return EmployerLink(LinkKey(application.id, position, 0), handed_in)

    def renew(self, application: Application, serial: int, now: datetime) -> None:
        """Make another in place of the one numbered `serial`; asked for twice, it is made once."""
        with self._database.transaction():
            if self.current(application).key.serial == serial:
                row, position = models.EmployerLink, application.submissions - 1
                self._database.run(row.insert(application=application.id, position=position, made_at=now))
