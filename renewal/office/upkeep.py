"""What the machine needs: a backup now and then, and room on its disk."""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

BACKUP_MARK = "last-backup"
"""A file in the data folder: when the last good backup was made, in ISO 8601 with its offset."""
BACK_UP_WITHIN = timedelta(days=7)
GIGABYTE = 1_000_000_000
NEEDED = 2 * GIGABYTE
"""Some 10,000 cases, or the database once more while it is backed up."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """`free` in bytes; `last_backup` is None when none is known."""

    last_backup: datetime | None
    backup_due: bool
    free: int
    full: bool


def upkeep(data: Path, now: datetime) -> Upkeep:
    last, free = _last_backup(data), shutil.disk_usage(data).free
    return Upkeep(last, last is None or now - last > BACK_UP_WITHIN, free, free < NEEDED)


def _last_backup(data: Path) -> datetime | None:
    """A mark that nobody can read is as good as none."""
    try:
        return datetime.fromisoformat((data / BACKUP_MARK).read_text().strip()).astimezone(UTC)
    except (OSError, ValueError, OverflowError):
        return None
