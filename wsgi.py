"""What gunicorn and flask serve. What keeps it from starting is said in one line."""

import click
from flask import Flask

from renewal.app import DataUnusable, HolidaysWrong, create_app, rescue
from renewal.images.models import ModelsMissing
from renewal.settings import Settings, WrongSetting
from renewal.store.keys import KeysMissing, KeysWrong
from renewal.store.trouble import DatabaseUnfit, Unavailable, said

PUT_BACK = "密钥文件{what}：请从备份放回密钥文件夹，或用 flask --app wsgi keys restore 恢复，然后再试。（{why}）"


def start() -> Flask:
    """The app; for a command, when the keys are not there, what puts them back."""
    try:
        return create_app()
    except (KeysMissing, KeysWrong) as wrong:
        words = PUT_BACK.format(what="缺失" if isinstance(wrong, KeysMissing) else "损坏", why=wrong)
        if click.get_current_context(silent=True):
            return rescue(Settings.from_env(), words)
        raise SystemExit(f"Error: {words}") from wrong
    except WrongSetting as wrong:
        raise SystemExit(f"Error: 设置有误，请改正后再启动：{wrong}") from wrong
    except Unavailable as trouble:
        raise SystemExit(f"Error: {said(trouble)}") from None
    except (ModelsMissing, HolidaysWrong, DataUnusable, DatabaseUnfit) as stopped:
        raise SystemExit(f"Error: {stopped}") from stopped


app = start()
