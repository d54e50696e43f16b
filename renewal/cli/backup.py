"""`backup FILE` and `restore FILE`."""

from pathlib import Path

import click
from flask import Flask

from renewal.cli.trouble import told
from renewal.domain.clock import day_and_time
from renewal.office import backing_up, putting_back
from renewal.services import Services
from renewal.store.backup_file import Manifest
from renewal.store.restoring import Restored
from renewal.store.volume import Volume

KEYS_APART = """备份里没有密钥，没有密钥谁也打不开它：请用 flask --app wsgi keys backup 另存密钥文件，两者分开保管。
同时拿到备份和密钥的人能看到全部个人信息；丢了密钥，备份和数据库里的个人信息再也打不开。"""
FILE = click.Path(dir_okay=False, path_type=Path)


def init_app(app: Flask, services: Services, volume: Volume) -> None:
    @app.cli.command("backup")
    @click.argument("file", type=FILE)
    def backup(file: Path) -> None:
        """Write all data to a new FILE, sealed, while the office goes on working. The keys are not in it."""
        with told(services.database):
            manifest = backing_up.back_up(services, volume, file)
        click.echo(f"已备份到 {file}（{file.stat().st_size / 1_000_000:.1f} MB）")
        _tell(manifest)
        click.echo(KEYS_APART)

    @app.cli.command("restore")
    @click.argument("file", type=FILE)
    @click.option("--replace", is_flag=True, help="The database that is there is renamed first, not deleted.")
    @click.option("--check", is_flag=True, help="Only read FILE through: whole, and opened by these keys?")
    def restore(file: Path, replace: bool, check: bool) -> None:
        """Put back all data from FILE, or nothing. Stop the server first."""
        with told(services.database):
            if check:
                _tell(putting_back.look_through(services.sealer.keys, file))
                click.echo("备份完好，可以用现在的密钥恢复。没有改动任何数据。")
                return
            click.echo("正在恢复，请不要中断……")
            done = putting_back.put_back(volume, services.sealer.keys, file, services.now(), replace=replace)
        _tell_restored(done)


def _tell(manifest: Manifest) -> None:
    click.echo(f"备份时间：{day_and_time(manifest.moment)}，共{manifest.count}行")
    click.echo(f"日志末端：{manifest.head}")
    click.echo(f"内容校验（SHA-256）：{manifest.digest}")


def _tell_restored(done: Restored) -> None:
    _tell(done.manifest)
    if done.aside:
        click.echo(f"原来的数据库改名为：{done.aside}。确认新数据无误后，再由管理员删除。")
    for name in done.migrated:
        click.echo(f"migrated: {name}")
    if done.findings:
        for finding in done.findings:
            click.echo(f"有问题：{finding.text}")
        click.echo("数据已照备份恢复，但备份时日志就有以上问题，请联系系统管理员。")
        raise SystemExit(1)
    click.echo("已恢复，行数、内容和日志都与备份一致。现在可以启动服务。")
