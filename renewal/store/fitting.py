"""Whether the database and the keys belong together, and the database is whole: what `flask check` asks of both."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from peewee import BlobField, Model, PeeweeException

from renewal.store.database import Database
from renewal.store.models import Applicant, Attachment, Avatar, Draft, Staff, Submission
from renewal.store.sealed import Sealer, Unsealable
from renewal.store.submissions import context

SEALED: dict[str, tuple[type[Model], BlobField, Callable[[Any], str]]] = {
    "草稿": (Draft, Draft.answers, lambda row: f"draft:{row.id}"),
    "草稿的图片": (Attachment, Attachment.sealed, lambda row: f"attachment:{row.draft_id}:{row.kind}"),
    "提交的材料": (Submission, Submission.answers, lambda row: context(row.application_id, row.position)),
    "登记的个人信息": (Applicant, Applicant.sealed, lambda row: f"applicant:{row.person_index}"),
    "头像": (Avatar, Avatar.sealed, lambda row: f"avatar:{row.id}"),
    "工作人员的验证器": (Staff, Staff.totp_secret, lambda row: f"totp:{row.id}"),
}
"""A kind of what is sealed: where, and to which place. Pictures handed in are opened with their submissions."""


def closed(database: Database, sealer: Sealer) -> Iterator[str]:
    """The kinds of which not even the newest row opens. Raises Unavailable."""
    for kind, (model, column, place) in SEALED.items():
        key: Any = model._meta.primary_key
        row = database.row(model.select().where(column.is_null(False)).order_by(key.desc()))
        try:
            if row:
                sealer.unseal(getattr(row, column.name), place(row))
        except Unsealable:
            yield kind


def faults(database: Database) -> list[str]:
    """What the engine itself finds wrong with its file; of a server that is the business of who runs it."""
    if not database.file:
        return []
    try:
        found = [str(row[0]) for row in database.connection().execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
        lost = database.connection().execute("PRAGMA foreign_key_check").fetchmany(5)
    except (PeeweeException, sqlite3.Error) as error:
        return [str(error)]
    return found + [f"{row[0]}表第{row[1]}行引用的{row[2]}不存在" for row in lost]
