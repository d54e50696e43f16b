"""Processed pictures of a draft. What is said of them (size, findings) stands in the draft's answers."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from renewal.store.database import Store
from renewal.store.models import Attachment


class Attachments(Store):
    """Sealed bytes by draft and kind (`portrait`, `signature`, `selfie` and the studio's working files)."""

    def put(self, draft_id: str, kind: str, picture: bytes, now: datetime) -> None:
        """Keep `picture` as the draft's only one of its kind."""
        sealed = self._sealer.seal(picture, f"attachment:{draft_id}:{kind}")
        insert = Attachment.insert(draft=draft_id, kind=kind, sealed=sealed, saved_at=now)
        self._database.run(
            insert.on_conflict(
                conflict_target=[Attachment.draft, Attachment.kind],
                update={Attachment.sealed: sealed, Attachment.saved_at: now},
            )
        )

    def get(self, draft_id: str, kind: str) -> bytes | None:
        """The picture's file, or None. Raises Unsealable."""
        row = self._database.row(Attachment.select().where(_is(draft_id, kind)))
        return self._sealer.unseal(row.sealed, f"attachment:{draft_id}:{kind}") if row else None

    def some(self, draft_id: str, kinds: Collection[str]) -> dict[str, bytes]:
        """Those of `kinds` that there are. Raises Unsealable."""
        rows = self._database.rows(Attachment.select().where(_is(draft_id, *kinds)))
        return {row.kind: self._sealer.unseal(row.sealed, f"attachment:{draft_id}:{row.kind}") for row in rows}

    def of(self, draft_id: str) -> dict[str, bytes]:
        """All of the draft's by kind. Raises Unsealable."""
        rows = self._database.rows(Attachment.select().where(Attachment.draft == draft_id).order_by(Attachment.kind))
        return {row.kind: self._sealer.unseal(row.sealed, f"attachment:{draft_id}:{row.kind}") for row in rows}

    def remove(self, draft_id: str, *kinds: str) -> None:
        self._database.run(Attachment.delete().where(_is(draft_id, *kinds)))

    def clear(self, draft_id: str, *but: str) -> None:
        """Remove all of the draft's, with what was worked on, `but` some."""
        of_draft = (Attachment.draft == draft_id) & Attachment.kind.not_in(but)
        self._database.run(Attachment.delete().where(of_draft))


def _is(draft_id: str, *kinds: str) -> Any:
    return (Attachment.draft == draft_id) & Attachment.kind.in_(kinds)
