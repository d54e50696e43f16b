"""Reading a large file in a process of its own: no request waits for it, and its memory goes when it ends.

`python -m renewal.office.rostering.background` is told by its standard input what to do, for there the keys are in
nobody's sight.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import renewal
from renewal.office.rostering.preparing import Workshop, prepare
from renewal.services import Services
from renewal.store.database import Database
from renewal.store.keys import Keys
from renewal.store.roster_imports import Import, Superseded
from renewal.store.sealed import Sealer

AT_ONCE = 256 * 1024
"""Bytes of a file that is read while its sender waits: some thousand people, half a second."""
BEHIND = 10
"""How much the process stands back for those that serve applicants (nice)."""


def start(services: Services, one: Import | None = None) -> None:
    """Read the import's file, if any, then delete what was given up."""
    keys = services.sealer.keys
    task = {
        "url": services.database.url,
        "keys": [keys.session, {number: key.hex() for number, key in keys.sealing.items()}, keys.index.hex()],
        "import": one and [one.id, one.run],
    }
    command = [sys.executable, "-m", __name__]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=Path(renewal.__file__).parents[1])  # noqa: S603
    assert process.stdin  # noqa: S101  # a pipe, as asked for
    process.stdin.write(json.dumps(task).encode())
    process.stdin.close()
    threading.Thread(target=process.wait, daemon=True).start()  # so that it leaves no zombie


def run(shop: Workshop, import_id: int, run: int) -> None:
    """This run of the import, from the pieces that were kept."""
    one = shop.imports.get(import_id)
    if one.run != run:
        return
    try:
        with shop.rows.file(import_id) as file:
            prepare(shop, one, file)
    except Superseded:  # given up, or begun anew by another process
        pass


def main(given: IO[str]) -> None:
    os.nice(BEHIND)
    task: Mapping[str, Any] = json.load(given)
    session, sealing, index = task["keys"]
    keys = Keys(session, {int(number): bytes.fromhex(key) for number, key in sealing.items()}, bytes.fromhex(index))
    shop = Workshop.over(Database(task["url"]), Sealer(keys), lambda: datetime.now(UTC))
    if task["import"]:
        run(shop, *task["import"])
    shop.rows.sweep()


if __name__ == "__main__":
    main(sys.stdin)
