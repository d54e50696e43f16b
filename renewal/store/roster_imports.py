"""Files on their way to become the roster: kept in pieces, made into a generation beside the one in use, switched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from renewal.domain.actor import Actor, ActorKind
from renewal.store.database import Store
from renewal.store.models import RosterHead, RosterImport


class State(StrEnum):
    RECEIVING = "receiving"
    """The file is not all there yet."""
    PREPARING = "preparing"
    UNMAPPED = "unmapped"
    """It was not recognised which column is what."""
    READY = "ready"
    """The dry run is done."""
    FAILED = "failed"
    CURRENT = "current"
    REPLACED = "replaced"
    """The roster before: one step back."""
    DROPPED = "dropped"


IN_HAND = (State.RECEIVING, State.PREPARING, State.UNMAPPED, State.READY, State.FAILED)


class Superseded(RuntimeError):
    """The import was given up, or is being read by another process."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows that can be taken, cannot, or only in part; and people against the roster in use."""

    good: int = 0
    wrong: int = 0
    noted: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Import:
    """`found` has what the file's heading was taken for; `replaces` the generation that `counts` compare with."""

    id: int
    state: State
    file_name: str
    actor: Actor
    started_at: datetime
    beat_at: datetime
    run: int
    percent: int
    counts: Counts
    found: Mapping[str, Any]
    message: str
    replaces: int | None
    confirmed_at: datetime | None


class RosterImports(Store):
    def begin(self, file_name: str, actor: Actor, now: datetime) -> Import:
        """A new import, whose file is awaited. Inside a transaction with what drops the one before."""
        columns = dict.fromkeys(("percent", *Counts.__slots__), 0)
        new = RosterImport.insert(
            state=State.RECEIVING,
            file_name=file_name[:120],
            actor_kind=actor.kind,
            actor=actor.name,
            started_at=now,
            beat_at=now,
            run=1,
            message="",
            replaces=self.current_id(),
            **columns,
        )
        return self.get(self._database.run(new))

    def get(self, import_id: int) -> Import:
        return self._import(self._database.row(RosterImport.select().where(RosterImport.id == import_id)))

    def in_hand(self) -> Import | None:
        """The newest that is neither the roster nor given up."""
        return self._newest(RosterImport.state.in_(IN_HAND))

    def current(self) -> Import | None:
        head = RosterHead.select(RosterHead.current)
        return self._newest(RosterImport.id.in_(head))

    def current_id(self) -> int | None:
        row = self._database.row(RosterHead.select(RosterHead.current))
        return row.current_id if row else None

    def again(self, one: Import, now: datetime) -> Import:
        """To be read anew: the next run. Raises Superseded when that has begun."""
        changes = {"run": one.run + 1, "state": State.PREPARING, "percent": 0, "beat_at": now, "message": ""}
        where = (RosterImport.run == one.run, RosterImport.state.in_(IN_HAND))
        if not self._database.run(RosterImport.update(changes).where(RosterImport.id == one.id, *where)):
            raise Superseded
        return self.get(one.id)

    def progress(self, one: Import, **changes: Any) -> None:
        """What became of this run. Raises Superseded when it is not the running one any more."""
        where = (RosterImport.id == one.id, RosterImport.run == one.run, RosterImport.state == State.PREPARING)
        if "found" in changes:
            changes["found"] = self._sealer.seal_json(changes["found"], f"roster-found:{one.id}")
        if not self._database.run(RosterImport.update(changes).where(*where)):
            raise Superseded

    def switch(self, expected: int | None, to: int | None) -> None:
        """Inside a transaction. Raises Superseded when the roster is not the expected one any more."""
        self._database.run(RosterHead.insert(id=1, current=None).on_conflict_ignore())
        was = RosterHead.current.is_null() if expected is None else RosterHead.current == expected
        if not self._database.run(RosterHead.update(current=to).where(RosterHead.id == 1, was)):
            raise Superseded

    def mark(self, import_id: int, state: State, *expected: State, **more: Any) -> None:
        """Raises Superseded unless the import was in one of the expected states."""
        update = RosterImport.update(state=state, **more)
        if not self._database.run(update.where(RosterImport.id == import_id, RosterImport.state.in_(expected))):
            raise Superseded

    def drop_all(self, *states: State) -> None:
        """Their rows go with the next sweep."""
        self._database.run(RosterImport.update(state=State.DROPPED).where(RosterImport.state.in_(states)))

    def _newest(self, where: Any) -> Import | None:
        row = self._database.row(RosterImport.select().where(where).order_by(RosterImport.id.desc()))
        return self._import(row) if row else None

    def _import(self, row: Any) -> Import:
        return Import(
            id=row.id,
            state=State(row.state),
            file_name=row.file_name,
            actor=Actor(ActorKind(row.actor_kind), row.actor),
            started_at=row.started_at,
            beat_at=row.beat_at,
            run=row.run,
            percent=row.percent,
            counts=Counts(*(getattr(row, name) for name in Counts.__slots__)),
            found=self._sealer.unseal_json(row.found, f"roster-found:{row.id}") if row.found else {},
            message=row.message,
            replaces=row.replaces,
            confirmed_at=row.confirmed_at,
        )
