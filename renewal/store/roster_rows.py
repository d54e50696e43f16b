"""What an import holds: its file in pieces, the generation of people made of it, and what is wrong in it."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from renewal.store.database import Store
from renewal.store.models import RosterFault, RosterImport, RosterPerson, RosterPiece
from renewal.store.roster import context_of
from renewal.store.roster_imports import State

PIECE = 256 * 1024  # bytes of a file in one short transaction
SWEPT = 500  # rows in one short transaction
COLUMNS = [
    RosterPerson.generation,
    RosterPerson.id_index,
    RosterPerson.digest,
    RosterPerson.valid_until,
    RosterPerson.sealed,
]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row: by column what stands there and why it cannot be taken. `taken` says whether the rest
    of the row could."""

    line: int
    taken: bool
    problems: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Ready:
    """Somebody as read from a row, sealed and ready to be written."""

    id_index: str
    digest: str
    valid_until: str
    sealed: bytes


class RosterRows(Store):
    def keep(self, import_id: int, file: IO[bytes]) -> None:
        """The file, sealed, a piece at a time."""
        for position, piece in enumerate(iter(lambda: file.read(PIECE), b"")):
            sealed = self._sealer.seal(piece, _piece(import_id, position))
            with self._database.transaction():
                self._database.run(RosterPiece.insert(generation=import_id, position=position, sealed=sealed))

    def file(self, import_id: int) -> IO[bytes]:
        """The file as it came, without a name on the disk. Raises Unsealable."""
        whole = tempfile.TemporaryFile()  # noqa: SIM115  # closed by who asked
        position, one = 0, RosterPiece
        while row := self._database.row(one.select().where(one.generation == import_id, one.position == position)):
            whole.write(self._sealer.unseal(row.sealed, _piece(import_id, position)))
            position += 1
        whole.seek(0)
        return whole

    def size(self, import_id: int) -> int:
        """Bytes of the file, up to a piece."""
        return PIECE * self._database.count(
            RosterPiece.select(RosterPiece.id).where(RosterPiece.generation == import_id)
        )

    def add(self, import_id: int, people: Sequence[Ready], faults: Sequence[Fault]) -> None:
        """A batch of rows. Inside a short transaction."""
        if people:
            rows = [(import_id, one.id_index, one.digest, one.valid_until, one.sealed) for one in people]
            self._database.run(RosterPerson.insert_many(rows, COLUMNS).as_rowcount())
        if faults:
            wrong = [(import_id, one.line, self._sealed(import_id, one)) for one in faults]
            columns = [RosterFault.generation, RosterFault.line, RosterFault.sealed]
            self._database.run(RosterFault.insert_many(wrong, columns).as_rowcount())

    def compared(self, import_id: int, base: int | None) -> dict[str, int]:
        """This generation against the one in use, if there is any."""
        total, before = self._count(import_id), self._count(base) if base else 0
        same, both = self._both(import_id, base) if base else (0, 0)
        return {"new": total - both, "changed": both - same, "unchanged": same, "missing": before - both}

    def faults(self, import_id: int) -> Iterator[list[Fault]]:
        """In the order of the file, in pages. Raises Unsealable."""
        after, row = 0, RosterFault
        while found := self._database.rows(
            row.select().where(row.generation == import_id, row.id > after).order_by(row.id).limit(SWEPT)
        ):
            yield [self._fault(import_id, each) for each in found]
            after = found[-1].id

    def forget_rows(self, import_id: int) -> None:
        """What an earlier run left."""
        for table in (RosterPerson, RosterFault):
            self._sweep(table, [import_id])

    def sweep(self) -> None:
        """Delete all that was given up, a few rows at a time: nobody who writes waits long."""
        self._sweep(RosterPiece, self._in(State.CURRENT, State.REPLACED, State.DROPPED))
        for table in (RosterFault, RosterPerson):
            self._sweep(table, self._in(State.DROPPED))

    def _in(self, *states: State) -> list[int]:
        found = RosterImport.select(RosterImport.id).where(RosterImport.state.in_(states))
        return [row.id for row in self._database.rows(found)]

    def _sweep(self, table: Any, generations: Iterable[int]) -> None:
        for generation in generations:
            some = table.select(table.id).where(table.generation == generation).limit(SWEPT)
            deleted = 1
            while deleted:
                with self._database.transaction():
                    deleted = self._database.run(table.delete().where(table.id.in_(some)))

    def _both(self, new: int, base: int) -> tuple[int, int]:
        """How many are in both generations, unchanged and at all."""
        mine, theirs = RosterPerson.alias(), RosterPerson.alias()
        joined = (
            mine.select(mine.id)
            .join(theirs, on=(theirs.generation == base) & (theirs.id_index == mine.id_index))
            .where(mine.generation == new)
        )
        return self._database.count(joined.where(theirs.digest == mine.digest)), self._database.count(joined)

    def _count(self, generation: int) -> int:
        return self._database.count(RosterPerson.select(RosterPerson.id).where(RosterPerson.generation == generation))

    def person(self, generation: int, record: Mapping[str, str]) -> Ready:
        """A record of the roster, to be added to this generation."""
        index = self._sealer.index("id_number", record["id_number"])
        sealed = self._sealer.seal_json(record, context_of(generation, index))
        digest = self._sealer.index("roster", "\0".join(f"{name}={record[name]}" for name in sorted(record)))
        return Ready(index, digest, record["valid_until"].replace("/", "-"), sealed)

    def _sealed(self, import_id: int, fault: Fault) -> bytes:
        return self._sealer.seal_json([fault.taken, fault.problems], _fault(import_id, fault.line))

    def _fault(self, import_id: int, row: Any) -> Fault:
        taken, problems = self._sealer.unseal_json(row.sealed, _fault(import_id, row.line))
        return Fault(row.line, taken, [tuple(problem) for problem in problems])


def _piece(import_id: int, position: int) -> str:
    return f"roster-piece:{import_id}:{position}"


def _fault(import_id: int, line: int) -> str:
    return f"roster-fault:{import_id}:{line}"
