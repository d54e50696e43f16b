"""What `flask check` finds, each with what to do about it; the log itself is `store/audit`'s."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from renewal.documents.fonts import NO_FONT
from renewal.domain.clock import day_and_time
from renewal.office.upkeep import GIGABYTE, NEEDED, upkeep
from renewal.services import Services
from renewal.store import fitting
from renewal.store.volume import Volume

SKEW = timedelta(minutes=5)
"""A clock may be corrected by so much without anybody's fault."""
ASLEEP = timedelta(days=366)
"""No office is without any event for so long: rather its clock has jumped ahead."""


@dataclass(frozen=True, slots=True)
class Found:
    """`problem`: something is broken; else it only needs looking after."""

    problem: bool
    text: str


def database(services: Services) -> Iterator[Found]:
    """Its file, its form, and whether these keys open it. Raises Unavailable."""
    faults = fitting.faults(services.database)
    for fault in faults:
        yield Found(
            True, f"数据库文件已损坏（{fault}）。请停止服务，保留这个文件，用最近的备份恢复：flask --app wsgi restore"
        )
    pending = [] if faults else services.database.pending()
    if pending:
        words = f"数据库还没有升级到这个版本（缺{'、'.join(pending)}）。请先运行 flask --app wsgi setup"
        yield Found(True, words)
    if faults or pending:
        return
    closed = list(fitting.closed(services.database, services.sealer))
    if closed:
        words = f"现在的密钥打不开：{'、'.join(closed)}。密钥与数据库不是一套，或数据被改动过。"
        yield Found(True, words + "请用 flask --app wsgi keys restore 恢复与数据同时保存的密钥")


def machine(services: Services) -> Iterator[Found]:
    """Its clock, holidays and fonts, its disk and its backups."""
    now = services.now()
    yield from clock(services)
    if services.calendar_notice:
        yield Found(False, services.calendar_notice)
    if not services.fonts.there:
        yield Found(False, NO_FONT)
    if services.volume:
        yield from disk(services.volume, now)


def disk(volume: Volume, now: datetime) -> Iterator[Found]:
    """Its room, and what was saved from it."""
    found = upkeep(volume.data, now)
    if found.full:
        free, needed = found.free / GIGABYTE, NEEDED / GIGABYTE
        yield Found(False, f"磁盘只剩 {free:.1f} GB，少于 {needed:.0f} GB。请删除无用的文件，或换一块更大的磁盘")
    if found.backup_due:
        last = f"最近一次备份是{day_and_time(found.last_backup)}" if found.last_backup else "还没有备份过"
        yield Found(False, f"{last}。请运行 flask --app wsgi backup 文件名，并把备份放到另一台机器上")


def clock(services: Services) -> Iterator[Found]:
    """Of deadlines and receipts, which depend on it: against what was logged last, and the database's file."""
    now, last, file = services.now(), services.event_log.newest(), services.database.file
    told = f"本机时间是{day_and_time(now)}"
    if last and last > now + SKEW:
        words = f"{told}，但{day_and_time(last)}已有记录，时钟走慢了。期限会算错，请校准时间后重新启动服务"
        yield Found(True, words)
    elif last and now > last + ASLEEP:
        yield Found(False, f"{told}，上一次有记录是{day_and_time(last)}，相隔一年以上。请核对本机时间")
    elif file and datetime.fromtimestamp(file.stat().st_mtime, UTC) > now + SKEW:
        yield Found(False, f"{told}，但数据库文件的时间比它晚。请核对本机时间")
