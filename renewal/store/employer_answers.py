"""What employers said of their people: for the office to read, and for the clerk who opens the link again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from renewal.domain.application import Status
from renewal.store.database import Store
from renewal.store.employer_links import LinkKey
from renewal.store.models import EmployerAnswer as Row


@dataclass(frozen=True, slots=True)
class EmployerAnswer:
    """`status` is EMPLOYER_CONFIRMED or EMPLOYER_DECLINED, and then with a `reason`; `name` and `phone` are those of
    the clerk who said it for the unit with this `credit_code`."""

    key: LinkKey
    status: Status
    credit_code: str
    name: str
    phone: str
    reason: str
    answered_at: datetime


class EmployerAnswers(Store):
    """Reading one raises Unsealable when anything of it was altered, moved to another case, or the key is gone."""

    def put(self, answer: EmployerAnswer) -> None:
        """One for each submission. Runs inside a transaction."""
        said = {"name": answer.name, "phone": answer.phone, "reason": answer.reason}
        place = {"application": answer.key.application_id, "position": answer.key.position, "link": answer.key.serial}
        plain = {"answer": answer.status, "credit_code": answer.credit_code, "answered_at": answer.answered_at}
        self._database.run(Row.insert(**place, **plain, sealed=self._sealer.seal_json(said, _context(place | plain))))

    def of(self, application_id: int) -> list[EmployerAnswer]:
        """All that was said of a case, the first one first."""
        rows = Row.select().where(Row.application == application_id).order_by(Row.position)
        return [self._answer(row) for row in self._database.rows(rows)]

    def last(self, application_id: int) -> EmployerAnswer | None:
        return next(reversed(self.of(application_id)), None)

    def through(self, key: LinkKey) -> EmployerAnswer | None:
        """What was said through this very link."""
        return next((answer for answer in self.of(key.application_id) if answer.key == key), None)

    def _answer(self, row: Any) -> EmployerAnswer:
        plain = {name: getattr(row, name) for name in ("position", "link", "answer", "credit_code", "answered_at")}
        return EmployerAnswer(
            LinkKey(row.application_id, row.position, row.link),
            Status(row.answer),
            row.credit_code,
            answered_at=row.answered_at,
            **self._sealer.unseal_json(row.sealed, _context(plain | {"application": row.application_id})),
        )


def _context(plain: dict[str, Any]) -> str:
    """All of the columns in plain: none of them can be changed alone."""
    moment = plain["answered_at"].astimezone(UTC).isoformat(timespec="microseconds")
    names = ("application", "position", "link", "answer", "credit_code")
    return ":".join(("employer", *(str(plain[name]) for name in names), moment))
