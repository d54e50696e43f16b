"""Drafts: one row each, advanced by compare-and-set."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from peewee import Field

from renewal.domain.trust import Trust
from renewal.store import models
from renewal.store.database import Store
from renewal.store.prepared import Prepared

History = tuple[tuple[str, str, str], ...]
KEPT = 60
"""Versions that a draft remembers: who presses the studio's buttons all day must not make every step slower."""


class DraftChanged(RuntimeError):
    """Somebody advanced the draft on since it was read."""


@dataclass(frozen=True, slots=True)
class Draft:
    """`answers` by step name; `typed` is what autosave kept and nobody confirmed yet; `history` has, for each of the
    last versions, the form taken then, the path it led to and its fingerprint. A draft of version 0 is nowhere
    stored. A `submitted` one is an application and stays closed, unless the office returns that. `owner_index` stands
    for the browser it began in."""

    id: str
    version: int = 0
    trust: Trust = Trust.STRANGER
    id_index: str = ""
    owner_index: str = ""
    resume_index: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    history: History = ()
    submitted: bool = False
    saved_at: datetime | None = None

    @property
    def known_from(self) -> int:
        """The version from which on the history is kept."""
        return self.version - len(self.history)

    def since(self, version: int) -> History:
        """What was taken since `version`, the oldest first. Raises DraftChanged when that is too long ago."""
        if version < self.known_from:
            raise DraftChanged
        return self.history[version - self.known_from :]

    @property
    def all_answers(self) -> Mapping[str, Any]:
        """The answers and, under `typed`, what waits to be confirmed: what the steps look at."""
        return {**self.answers, "typed": self.typed} if self.typed else self.answers


COLUMNS = {field.name: field for field in models.Draft._meta.sorted_fields if field.name not in ("id", "typed")}
FIND = Prepared(lambda id: models.Draft.select().where(models.Draft.id == id), id=models.Draft.id)


def _update(**columns: Field) -> Prepared:
    """Of the draft `id` at version `shown`."""

    def build(id: Any, shown: Any, **values: Any) -> Any:
        return models.Draft.update(values).where((models.Draft.id == id) & (models.Draft.version == shown))

    return Prepared(build, id=models.Draft.id, shown=models.Draft.version, **columns)


TYPED = {"typed": models.Draft.typed}
PUT, PUT_CONFIRMED = _update(**COLUMNS), _update(**COLUMNS, **TYPED)
PUT_TYPED = _update(**TYPED, saved_at=models.Draft.saved_at)


def new_id() -> str:
    """128 bits in 22 URL-safe characters."""
    return secrets.token_urlsafe(16)


class Drafts(Store):
    """Reading a draft raises Unsealable when it was altered or the key is gone."""

    def find(self, draft_id: str) -> Draft | None:
        row = self._database.row(FIND(id=draft_id))
        return self._draft(row) if row else None

    def by_resume_code(self, resume_index: str) -> Draft | None:
        """By the keyed hash of the code."""
        row = self._database.row(models.Draft.select().where(models.Draft.resume_index == resume_index))
        return self._draft(row) if row else None

    def of_person(self, draft_ids: list[str], id_index: str) -> list[Draft]:
        """Those among `draft_ids` that are about this ID number, the newest first."""
        rows = models.Draft.select().where(models.Draft.id.in_(draft_ids), models.Draft.id_index == id_index)
        return [self._draft(row) for row in self._database.rows(rows.order_by(models.Draft.saved_at.desc()))]

    def put(self, draft: Draft, now: datetime, confirmed: bool = False) -> Draft:
        """Store `draft` as the version after its own. Raises DraftChanged when that one is taken.

        What is typed stays as it is stored, for autosave may have kept more of it since `draft` was read; unless it
        is `confirmed`: then none waits any more.
        """
        advanced = replace(draft, version=draft.version + 1, history=draft.history[-KEPT:], saved_at=now)
        columns = {
            "version": advanced.version,
            "trust": advanced.trust,
            "id_index": advanced.id_index,
            "owner_index": advanced.owner_index,
            "resume_index": advanced.resume_index,
            "answers": self._sealer.seal_json(advanced.answers, f"draft:{advanced.id}"),
            "history": json.dumps(advanced.history),
            "submitted": advanced.submitted,
            "saved_at": now,
        }
        if draft.version == 0:
            query: Any = models.Draft.insert(id=draft.id, **columns).on_conflict_ignore().as_rowcount()
        elif confirmed:
            query = PUT_CONFIRMED(id=draft.id, shown=draft.version, typed=None, **columns)
        else:
            query = PUT(id=draft.id, shown=draft.version, **columns)
        if not self._database.run(query):
            raise DraftChanged
        return advanced

    def put_typed(self, draft: Draft, typed: Mapping[str, str], now: datetime) -> None:
        """Keep what was typed so far, without a new version. Raises DraftChanged."""
        sealed = self._sealer.seal_json(typed, f"typed:{draft.id}") if typed else None
        if not self._database.run(PUT_TYPED(id=draft.id, shown=draft.version, typed=sealed, saved_at=now)):
            raise DraftChanged

    def raise_trust(self, draft_id: str, trust: Trust) -> None:
        """By somebody who saw the person: no version of its own, so that what is being filled in stays good."""
        row = models.Draft
        self._database.run(row.update(trust=trust).where(row.id == draft_id, row.trust < trust))

    def _draft(self, row: Any) -> Draft:
        return Draft(
            id=row.id,
            version=row.version,
            trust=Trust(row.trust),
            id_index=row.id_index,
            owner_index=row.owner_index,
            resume_index=row.resume_index,
            answers=self._sealer.unseal_json(row.answers, f"draft:{row.id}"),
            typed=self._sealer.unseal_json(row.typed, f"typed:{row.id}") if row.typed else {},
            history=tuple((step, path, fingerprint) for step, path, fingerprint in json.loads(row.history)),
            submitted=row.submitted,
            saved_at=row.saved_at,
        )
