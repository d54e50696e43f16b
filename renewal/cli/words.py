"""What a command cannot do is said in a sentence, and no connection stays open."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from renewal.domain.errors import InvalidValue
from renewal.store.database import Database, Unavailable


@contextmanager
def told(database: Database) -> Iterator[None]:
    try:
        yield
    except InvalidValue as problem:
        raise click.ClickException(str(problem)) from problem
    except Unavailable as trouble:
        raise click.ClickException(f"数据库没有响应，或不能写入：{trouble}") from trouble
    finally:
        database.close()
