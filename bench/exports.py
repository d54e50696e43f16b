"""Exports of 2,000 cases with all that belongs to them, and tables of 50,000: `python -m bench.exports`.

Each runs in a process of its own, whose memory is told at its start and at its highest; the goal is 150 MB more.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from peewee import chunked

from bench import many_cases
from renewal.app import create_app
from renewal.services import Services
from renewal.settings import Settings
from renewal.store import models
from renewal.store.submissions import context
from tests.factories import person, stored, submitted
from tests.staffing import Desk, staffed

BUNDLED, LISTED, GOAL = 2_000, 50_000, 150


def main() -> None:
    print(f"{'':<20}{'wall':>9}{'CPU':>9}{'first':>9}{'size':>10}{'start':>9}{'peak':>9}")
    over = [_measured(BUNDLED, kind) for kind in ("csv", "xlsx", "zip")]
    over += [_measured(LISTED, kind) for kind in ("csv", "xlsx")]
    print(f"the largest took {max(over):.0f} MB more than it began with; the goal is {GOAL}")


def _measured(count: int, kind: str) -> float:
    """Megabytes at the highest beyond those at the start."""
    with TemporaryDirectory() as folder:
        _fill(Path(folder), count, pictures=kind == "zip")
        mine, its = get_context("spawn").Pipe()
        child = get_context("spawn").Process(target=_export, args=(folder, kind, its))
        child.start()
        wall, cpu, first, size, start, peak = mine.recv()
        child.join()
    of = f"{kind} of {count:,}"
    print(f"{of:<20}{wall:>7.1f} s{cpu:>7.1f} s{first:>7.2f} s{size:>7.1f} MB{start:>6.0f} MB{peak:>6.0f} MB")
    return peak - start


def _export(folder: str, kind: str, tell) -> None:
    with _desk(Path(folder)) as desk:
        desk.get("/office/cases")  # what is loaded with the first page is no export's
        start, began, cpu, sizes, first = _memory("VmRSS"), time.perf_counter(), time.process_time(), 0, 0.0
        for piece in desk.client.get(f"/office/export.{kind}", buffered=False).response:
            first = first or time.perf_counter() - began
            sizes += len(piece)
        wall, cpu = time.perf_counter() - began, time.process_time() - cpu
        tell.send((wall, cpu, first, sizes / 1e6, start, _memory("VmHWM")))


def _memory(what: str) -> float:
    """What the process holds now (VmRSS) or held at its highest (VmHWM), in megabytes."""
    return int(Path("/proc/self/status").read_text().partition(f"{what}:")[2].split()[0]) / 1e3


@contextmanager
def _desk(folder: Path) -> Iterator[Desk]:
    app = create_app(Settings(data=folder))
    desk = Desk(app)
    member = desk.services.staff.by_name("王科员") or staffed(desk.services, "王科员")
    yield desk.enter(member)
    desk.services.database.close()


def _fill(folder: Path, count: int, pictures: bool) -> None:
    app = create_app(Settings(data=folder))
    app.test_cli_runner().invoke(args=["setup"])
    with _desk(folder) as desk:
        many_cases.fill(desk.services, count, [staffed(desk.services, "李科员").id])
        if pictures:
            _attach(desk.services)


def _attach(services: Services) -> None:
    """To each case the pictures and the letter of one that was really handed in."""
    one = submitted(services, person(1))
    pictures = services.submissions.pictures(one.id, 0)
    rows = [row for row in stored(services, models.Submission) if row.application_id != one.id]
    with services.database.transaction():
        for some in chunked(rows, 100):
            services.database.run(models.SubmissionPicture.insert_many(list(_sealed(services, some, pictures))))
        for row in rows:
            place = context(row.application_id, row.position)
            answers = {**services.sealer.unseal_json(row.answers, place), "commitment": one.answers["commitment"]}
            sealed = services.sealer.seal_json({**answers, "pictures": one.answers["pictures"]}, place)
            services.database.run(models.Submission.update(answers=sealed).where(models.Submission.id == row.id))


def _sealed(services: Services, submissions, pictures) -> Iterator[dict]:
    for row in submissions:
        for kind, picture in pictures.items():
            place = context(row.application_id, row.position, kind)
            yield {"submission": row.id, "kind": kind, "sealed": services.sealer.seal(picture, place)}


if __name__ == "__main__":
    main()
