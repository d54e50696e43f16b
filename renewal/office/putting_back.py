"""A backup put back, told in the log."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from renewal.domain.clock import day_and_time
from renewal.domain.errors import InvalidValue
from renewal.office.acts import COMMAND, Action
from renewal.store.backup_file import Backup, Manifest
from renewal.store.database import Database
from renewal.store.event_log import Act, EventLog, LogBroken
from renewal.store.keys import Keys
from renewal.store.restoring import Restored, restore
from renewal.store.sealed import Sealer
from renewal.store.volume import Volume, in_words


def look_through(keys: Keys, file: Path) -> Manifest:
    """Whether the file is whole and these keys open it; nothing is put back. Raises InvalidValue."""
    try:
        return Backup.of(file, keys).read()
    except OSError as error:
        raise InvalidValue(in_words(error)) from error


def put_back(volume: Volume, keys: Keys, file: Path, now: datetime, *, replace: bool) -> Restored:
    """All of it or nothing. Raises InvalidValue."""
    database = Database(volume.database)
    try:
        restored = restore(database, keys, Backup.of(file, keys), now, replace=replace)
        _log(database, keys, restored, now)
    except OSError as error:
        raise InvalidValue(f"没有恢复：{in_words(error)}") from error
    finally:
        database.close()
    return restored


def _log(database: Database, keys: Keys, restored: Restored, now: datetime) -> None:
    moment = restored.manifest.moment
    words = f"备份的时间：{day_and_time(moment)}"
    with suppress(LogBroken):  # it was so when it was backed up, and is told
        log = EventLog(database, Sealer(keys))
        log.act(Act(COMMAND, Action.RESTORED, now, moment.astimezone(UTC).isoformat(timespec="seconds"), words))
