"""What staff tell one another of a case. No applicant's page reads it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from renewal.store.database import Store
from renewal.store.models import Note as Row


@dataclass(frozen=True, slots=True)
class Note:
    author: str
    text: str
    at: datetime


class Notes(Store):
    """Reading one raises Unsealable when anything of it was altered, moved to another case, or the key is gone."""

    def put(self, application_id: int, note: Note) -> None:
        sealed = self._sealer.seal(note.text.encode(), _context(application_id, note.author, note.at))
        self._database.run(Row.insert(application=application_id, author=note.author, sealed=sealed, at=note.at))

    def of(self, application_id: int) -> list[Note]:
        """The newest first."""
        rows = Row.select().where(Row.application == application_id).order_by(Row.at.desc(), Row.id.desc())
        return [
            Note(
                row.author,
                self._sealer.unseal(row.sealed, _context(application_id, row.author, row.at)).decode(),
                row.at,
            )
            for row in self._database.rows(rows)
        ]


def _context(application_id: int, author: str, at: datetime) -> str:
    return f"note:{application_id}:{author}:{at.astimezone(UTC).isoformat(timespec='microseconds')}"
