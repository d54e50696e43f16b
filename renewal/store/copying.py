"""A whole office moved into another database: all of it arrives, compared and verified, or nothing does."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from peewee import DataError, IntegrityError

from renewal.store import models
from renewal.store.audit import verify
from renewal.store.database import Database
from renewal.store.head import BEGINNING, Head
from renewal.store.pages import pages
from renewal.store.sealed import Sealer
from renewal.store.trouble import DatabaseUnfit


class NotEmpty(DatabaseUnfit):
    def __init__(self) -> None:
        super().__init__("目标数据库不是空的：只能搬到一个新建的、没有任何表的数据库。两边的数据都没有改动。")


class NotTheSame(DatabaseUnfit):
    def __init__(self, what: str) -> None:
        super().__init__(f"搬迁没有完成：{what}。目标数据库已还原成空的，原来的数据没有改动。")


@dataclass(frozen=True, slots=True)
class Copied:
    """`rows` by table, `head` the end of the log on both sides."""

    rows: dict[str, int]
    head: Head


def copy(source: Database, target: Database, sealer: Sealer) -> Copied:
    """Copy every row of `source`, of one moment, into the empty `target` and verify what arrived there.

    One transaction: broken off at any point, by whatever, the target is as empty as before.
    Raises NotEmpty, NotTheSame, Unavailable."""
    before = verify(source, sealer)
    if before.findings:
        raise NotTheSame(f"原数据库的日志不完整（{before.findings[0].text}），请先运行 check")
    if target.holds_data():
        raise NotEmpty
    with source.snapshot(), target.transaction():
        target.migrate_inside()
        rows = {table._meta.table_name: _whole_table(source, target, table) for table in models.TABLES}
        target.count_on()
        after = verify(target, sealer, before.head)
        if after.findings or after.head != before.head:
            raise NotTheSame("搬过去的日志核对不上")
    return Copied(rows, after.head if after.count else BEGINNING)


def _whole_table(source: Database, target: Database, table: Any) -> int:
    try:
        return _table(source, target, table)
    except (DataError, IntegrityError, ValueError) as refused:  # what SQLite keeps and PostgreSQL does not
        what = " ".join(str(refused).split())
        raise NotTheSame(f"表 {table._meta.table_name} 里有新数据库不收的内容（{what[:200]}）") from refused


def _table(source: Database, target: Database, table: Any) -> int:
    """How many rows; they are the same on both sides."""
    for page in pages(source, table):
        target.run(table.insert_many(page, fields=table._meta.sorted_fields))
    (mine, digest), (theirs, arrived) = _sum(source, table), _sum(target, table)
    if digest != arrived:
        raise NotTheSame(f"表 {table._meta.table_name} 原有{mine}行，搬过去{theirs}行，或内容不同")
    return mine


def _sum(database: Database, table: Any) -> tuple[int, str]:
    """How many rows, and a hash over all they hold."""
    count, whole = 0, sha256()
    for page in pages(database, table):
        for row in page:
            count += 1
            values = (bytes(value) if isinstance(value, memoryview) else value for value in row)
            whole.update(repr(tuple(values)).encode(errors="surrogatepass"))
    return count, whole.hexdigest()
