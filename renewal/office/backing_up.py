"""Backups: one when the office asks for it, and one a day by itself, of which the old ones go."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from renewal.domain.clock import CHINA, china_day
from renewal.domain.errors import InvalidValue
from renewal.domain.rotation import kept
from renewal.office.upkeep import BACKUP_MARK
from renewal.services import Services
from renewal.store import backup_file
from renewal.store.backup_file import Manifest
from renewal.store.volume import Volume, in_words, leave_nothing

STAMP = "%Y%m%d-%H%M%S"
OURS = re.compile(r"renewal-(\d{8}-\d{6})\.backup")
HALF = re.compile(r"renewal-\d{8}-\d{6}\.backup\.part\d+")


def back_up(services: Services, volume: Volume, file: Path) -> Manifest:
    """All of it into a new file, sealed by the keys that are not in it. Raises InvalidValue; then there is no file."""
    with backup_file.unreadable_refused():
        ready = services.database.holds_data() and not services.database.pending()
    if not ready:
        raise InvalidValue("数据库还没有准备好：请先运行 flask --app wsgi setup")
    now = services.now()
    try:
        manifest = backup_file.write(services.database, services.sealer.keys, file, now)
        _mark(volume.data, now)
    except FileExistsError as there:
        raise InvalidValue(f"{file} 已经存在，不会覆盖：请换一个文件名") from there
    except OSError as error:
        raise InvalidValue(f"没有备份：{in_words(error)}") from error
    return manifest


def daily(services: Services) -> dict[str, int]:
    """Today's, unless it is there or the office makes its own; how many were made and deleted. Raises InvalidValue."""
    volume, now = services.volume, services.now()
    if volume is None or not volume.daily or _made_today(volume.backups, now):
        return {"made": 0, "deleted": 0}
    try:
        _make_room(volume.backups)
    except OSError as error:
        raise InvalidValue(f"没有备份：{in_words(error)}") from error
    back_up(services, volume, volume.backups / f"renewal-{now.astimezone(CHINA):{STAMP}}.backup")
    return {"made": 1, "deleted": _delete_old(volume.backups)}


def _made_today(folder: Path, now: datetime) -> bool:
    return any(china_day(moment) == china_day(now) for moment, _ in _files(folder))


def _files(folder: Path) -> Iterator[tuple[datetime, Path]]:
    """The daily ones by their moment. Nobody else's file is ever touched."""
    for file in folder.iterdir() if folder.is_dir() else ():
        named = OURS.fullmatch(file.name)
        if named:
            yield datetime.strptime(named[1], STAMP).replace(tzinfo=CHINA), file


def _make_room(folder: Path) -> None:
    """What a power cut left half goes first."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    leave_nothing(*(file for file in folder.iterdir() if HALF.fullmatch(file.name)))


def _delete_old(folder: Path) -> int:
    files = dict(_files(folder))
    old = [file for moment, file in files.items() if moment not in kept(files)]
    leave_nothing(*old)
    return len(old)


def _mark(data: Path, now: datetime) -> None:
    new = data / f"{BACKUP_MARK}.new"
    new.write_text(f"{now.astimezone(CHINA).isoformat(timespec='seconds')}\n")
    new.rename(data / BACKUP_MARK)
