"""The keys saved apart, put back, and renewed. Who has a backup and the keys reads everything; without them nobody."""

from datetime import datetime
from pathlib import Path

from renewal.domain.errors import InvalidValue
from renewal.office.acts import COMMAND, Action
from renewal.services import Services
from renewal.store import key_file
from renewal.store.backup_file import new_file
from renewal.store.database import Database
from renewal.store.keys import MOST, Keys, KeysMissing, KeysWrong
from renewal.store.restoring import may_be_filled, unserved
from renewal.store.volume import Volume, aside, in_words

IN_USE = "这里已有另一套密钥和数据。确定这些数据不是用它保存的，才可以加 --replace：原来的密钥会改名保留"


def save(keys: Keys, file: Path, passphrase: str) -> None:
    """Into a new file. Raises InvalidValue; then there is none."""
    packed = key_file.pack(keys, passphrase)
    try:
        with new_file(file) as out:
            out.write(packed)
    except FileExistsError as there:
        raise InvalidValue(f"{file} 已经存在，不会覆盖：请换一个文件名") from there
    except OSError as error:
        raise InvalidValue(f"没有保存：{in_words(error)}") from error


def put_back(volume: Volume, keys: Keys, now: datetime, *, replace: bool) -> Path | None:
    """Where the keys before are now, if there were others. Those of data are moved only with `replace`.
    Raises InvalidValue."""
    there = _there(volume)
    if there == keys:
        return None
    if there and not replace and _holds_data(volume):
        raise InvalidValue(IN_USE)
    try:
        old = aside(volume.keys, now) if volume.keys.exists() else None
        if old:
            volume.keys.rename(old)
        keys.write(volume.keys)
    except OSError as error:
        raise InvalidValue(f"没有恢复密钥：{in_words(error)}") from error
    return old


def rotate(services: Services, volume: Volume) -> int:
    """A new key seals from now on, the old ones open what they sealed; its id. Raises InvalidValue."""
    keys = Keys.read(volume.keys)
    if max(keys.sealing) == MOST:
        raise InvalidValue("密钥已更换到最后一个编号，不能再换")
    rotated = keys.rotated()
    number = max(rotated.sealing)
    try:
        with unserved(services.database):
            rotated.write_over(volume.keys)
    except OSError as error:
        raise InvalidValue(f"没有更换密钥：{in_words(error)}") from error
    services.log(COMMAND, Action.KEYS_ROTATED, f"key {number}")
    return number


def _holds_data(volume: Volume) -> bool:
    """Keys of nothing are nobody's loss."""
    database = Database(volume.database)
    try:
        return not may_be_filled(database)
    finally:
        database.close()


def _there(volume: Volume) -> Keys | None:
    """Those that can be read."""
    try:
        return Keys.read(volume.keys)
    except (KeysMissing, KeysWrong):
        return None
