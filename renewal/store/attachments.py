"""Processed pictures of a draft. What is said of them (size, findings) stands in the draft's answers."""

from datetime import datetime

from renewal.store.models import Attachment
from renewal.store.sealed import Sealer


class Attachments:
    """Sealed bytes by draft and kind (`portrait`, `signature`, `selfie` and the studio's working files)."""

    def __init__(self, sealer: Sealer) -> None:
        self._sealer = sealer

    def put(self, draft_id: str, kind: str, picture: bytes, now: datetime) -> None:
        """Keep `picture` as the draft's only one of its kind."""
        sealed = self._sealer.seal(picture, f"attachment:{draft_id}:{kind}")
        insert = Attachment.insert(draft=draft_id, kind=kind, sealed=sealed, saved_at=now)
        insert.on_conflict(
            conflict_target=[Attachment.draft, Attachment.kind],
            update={Attachment.sealed: sealed, Attachment.saved_at: now},
        ).execute()

    def get(self, draft_id: str, kind: str) -> bytes | None:
        """The picture's file, or None. Raises Unsealable."""
        row = Attachment.get_or_none(Attachment.draft == draft_id, Attachment.kind == kind)
        return self._sealer.unseal(row.sealed, f"attachment:{draft_id}:{kind}") if row else None

    def remove(self, draft_id: str, kind: str) -> None:
        Attachment.delete().where(Attachment.draft == draft_id, Attachment.kind == kind).execute()
