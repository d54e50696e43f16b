"""`keys backup FILE | restore FILE | rotate`."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from renewal.cli.backup import FILE
from renewal.cli.trouble import told
from renewal.domain.errors import InvalidValue
from renewal.office import keeping_keys
from renewal.services import Services
from renewal.store import key_file
from renewal.store.database import Database
from renewal.store.keys import Keys
from renewal.store.volume import Volume, in_words

WHY = """请把密钥文件放到与备份不同的地方（如保险柜里的U盘），口令另外记下。
同时拿到备份和密钥的人能看到全部个人信息；丢了密钥，备份和数据库里的个人信息再也打不开，谁也帮不了。"""
OPEN = "这个密钥文件没有口令：拿到它的人就拿到了密钥。"


def init_app(app: Flask, services: Services, volume: Volume) -> None:
    keys = AppGroup("keys", help="The keys that open personal data: saved apart from the backups.")

    @keys.command("backup")
    @click.argument("file", type=FILE)
    @click.option("--without-passphrase", is_flag=True, help="Whoever has FILE has the keys.")
    def backup(file: Path, without_passphrase: bool) -> None:
        """Save the keys in a new FILE, sealed by a passphrase of at least 12 characters that is asked for."""
        with told(services.database):
            asked = "" if without_passphrase else _ask(confirm=True)
            keeping_keys.save(services.sealer.keys, file, asked)
        click.echo(f"密钥已保存到 {file}")
        click.echo(OPEN if without_passphrase else "没有口令就打不开这个文件，忘了口令没有办法找回。")
        click.echo(WHY)

    @keys.command("rotate")
    def rotate() -> None:
        """Seal with a new key from now on; the old ones still open what they sealed. Stop the server first."""
        with told(services.database):
            number = keeping_keys.rotate(services, volume)
        click.echo(
            f"已启用第{number}号密钥，旧密钥仍用来打开以前的数据。请马上用 keys backup 重新保存密钥，再启动服务。"
        )

    keys.add_command(restoring(volume, services.now))
    app.cli.add_command(keys)


def restoring(volume: Volume, now: Callable[[], datetime]) -> click.Command:
    """`keys restore`, which must work without keys."""

    @click.command("restore")
    @click.argument("file", type=FILE)
    @click.option("--replace", is_flag=True, help="The keys that are there are renamed first, not deleted.")
    def restore(file: Path, replace: bool) -> None:
        """Put back the keys from FILE; before the data are restored on a new machine."""
        with told(Database(volume.database)):
            old = keeping_keys.put_back(volume, _unpacked(file), now(), replace=replace)
        click.echo("密钥已恢复。" + (f"原来的密钥改名为：{old}" if old else ""))

    return restore


def _unpacked(file: Path) -> Keys:
    try:
        packed = file.read_bytes()
    except OSError as error:
        raise InvalidValue(in_words(error)) from error
    return key_file.unpack(packed, _ask(confirm=False) if key_file.needs_passphrase(packed) else "")


def _ask(*, confirm: bool) -> str:
    return str(
        click.prompt("口令（输入时不显示）", hide_input=True, confirmation_prompt="再输入一遍" if confirm else False)
    )
