"""备注 among the staff."""

from renewal.domain.decision import LONGEST
from renewal.domain.errors import InvalidValue
from renewal.domain.text import free_text
from renewal.services import Services
from renewal.store.applications import Application
from renewal.store.notes import Note
from renewal.store.staff import Member

EMPTY = "备注还没有写。"


def add(services: Services, application: Application, member: Member, text: str) -> None:
    """Whoever has the case in hand, and whatever became of it. Raises InvalidValue."""
    if not text.strip():
        raise InvalidValue(EMPTY)
    services.notes.put(application.id, Note(member.name, free_text(text, LONGEST), services.now()))
