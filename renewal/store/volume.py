"""Where a deployment keeps what it has: the folder of the data, the keys, the backups; and what is wrong with one."""

import errno
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from renewal.domain.clock import CHINA

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Volume:
    """`database` is a URL; `daily` says whether a backup is made every day by itself."""

    data: Path
    keys: Path
    backups: Path
    database: str
    daily: bool = True


def aside(path: Path, now: datetime) -> Path:
    """A name beside it that says until when this was in use, and is nobody's yet."""
    stem = f"{path.name}.before-{now.astimezone(CHINA):%Y%m%d-%H%M%S}"
    names = (path.with_name(stem + more) for more in ("", *(f"-{number}" for number in range(2, 1000))))
    return next(name for name in names if not name.exists())


def in_words(error: OSError) -> str:
    """What an office can do about it."""
    if error.errno in NO_ROOM:
        return "磁盘空间不足，请腾出空间后再试"
    if isinstance(error, FileNotFoundError):
        return f"没有找到 {error.filename}"
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return f"没有权限读写 {error.filename}，或磁盘是只读的"
    return f"读写 {error.filename or '文件'} 出错：{error.strerror or error}"


def leave_nothing(*files: Path) -> None:
    for file in files:
        with suppress(OSError):
            file.unlink()
