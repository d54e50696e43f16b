"""What gunicorn and flask serve."""

import click

from renewal.app import HolidaysWrong, create_app
from renewal.domain.errors import InvalidValue
from renewal.images.models import ModelsMissing
from renewal.store.keys import KeysMissing
from renewal.store.trouble import DatabaseUnfit, Unavailable, said

try:
    app = create_app()
except KeysMissing as missing:  # a command says it in words; gunicorn logs it and stops, as before
    raise click.ClickException(f"密钥文件缺失，请从备份放回密钥文件夹后再试。（{missing}）") from missing
except Unavailable as trouble:
    raise click.ClickException(said(trouble)) from None
except (ModelsMissing, HolidaysWrong, InvalidValue, DatabaseUnfit) as stopped:
    raise click.ClickException(str(stopped)) from stopped
