import json
import os
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from renewal.app import create_app
from renewal.documents import fonts
from renewal.documents.fonts import NO_FONT
from renewal.settings import Settings
from renewal.store.database import MIGRATIONS
from renewal.store.drafts import Draft
from renewal.store.event_log import EventLog
from renewal.store.models import Event
from tests.factories import person, submitted

ROOT = Path(__file__).parents[1]
NAMES = sorted(file.stem for file in MIGRATIONS.glob("[0-9]*.py"))


@pytest.fixture
def run(tmp_path):
    app = create_app(Settings(data=tmp_path))
    return lambda *arguments: app.test_cli_runner().invoke(args=arguments)


def test_setup_brings_the_database_up_to_date_and_says_what_it_did(run, tmp_path):
    result = run("setup")
    assert result.exit_code == 0
    *migrated, link = result.output.splitlines()
    assert migrated == [f"migrated: {name}" for name in NAMES]
    assert re.search(r"还没有管理员.*/office/setup/[0-9a-f]{64}$", link)
    assert (tmp_path / "renewal.db").exists()


def test_setup_says_once_when_no_papers_can_be_printed_and_goes_on(run, monkeypatch):
    assert NO_FONT not in run("setup").output
    monkeypatch.setattr(fonts, "CHINESE", ())
    monkeypatch.setattr(fonts.shutil, "which", lambda _name: None)
    result = run("setup")
    assert result.output.count(NO_FONT) == 1
    assert result.exit_code == 0


def test_a_later_setup_prints_the_same_link_until_there_is_an_administrator(run):
    link = run("setup").output.splitlines()[-1]
    assert run("setup").output.splitlines() == [link]
    run("staff", "add", "王科员", "--role", "clerk")
    assert run("setup").output.splitlines() == [link]
    run("staff", "add", "主任", "--role", "administrator")
    last = run("setup")
    assert (last.exit_code, last.output) == (0, "")


def test_the_link_begins_as_the_office_is_reached(tmp_path):
    app = create_app(Settings(data=tmp_path, public_url="https://yanxu.example.cn/"))
    said = app.test_cli_runner().invoke(args=["setup"]).output
    assert "https://yanxu.example.cn/office/setup/" in said


def test_setup_leaves_no_connection_open(run, tmp_path):
    run("setup")
    assert not (tmp_path / "renewal.db-wal").exists()


def test_every_command_says_what_it_does(run, tmp_path):
    commands = create_app(Settings(data=tmp_path)).cli.commands
    assert all(command.help for command in commands.values())
    for name in commands:
        assert run(name, "--help").exit_code == 0


def start(data: Path, *command: str, tree: Path = ROOT, **settings: str) -> subprocess.CompletedProcess[str]:
    env = {name: text for name, text in os.environ.items() if not name.startswith(("RENEWAL_", "DATABASE_"))}
    run = [sys.executable, "-m", "flask", "--app", "wsgi", *(command or ("setup",))]
    return subprocess.run(
        run, cwd=tree, env={**env, **settings, "RENEWAL_DATA": str(data)}, capture_output=True, text=True, timeout=60
    )


def test_the_first_start_from_the_shell_makes_everything_and_lost_keys_stop_the_next(tmp_path):
    assert start(tmp_path).returncode == 0
    assert (tmp_path / "keys" / "sealing").exists()
    shutil.rmtree(tmp_path / "keys")
    for command in ("setup", "check"):
        refused = start(tmp_path, command)
        assert refused.returncode == 1
        assert "请从备份放回密钥文件夹" in refused.stderr
        assert "put the keys back from the backup" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert not (tmp_path / "keys").exists()


def test_without_the_models_every_command_says_in_one_line_what_to_run(tmp_path):
    tree = tmp_path / "tree"
    tree.mkdir()
    for name in ("renewal", "wsgi.py"):
        (tree / name).symlink_to(ROOT / name)
    refused = start(tmp_path / "data", tree=tree)
    assert refused.returncode == 1
    (line,) = refused.stderr.strip().splitlines()
    assert line.endswith("is missing: run `make assets`")
    assert not (tmp_path / "data").exists()


# check


@pytest.fixture
def deployment(tmp_path):
    """An app with two cases, its services, and a way to run its commands."""
    app = create_app(Settings(data=tmp_path))

    def run(*arguments):
        return app.test_cli_runner().invoke(args=arguments)

    run("setup")
    services = app.extensions["renewal"].services
    for serial in (1, 2):
        submitted(services, person(serial))
    yield services, run
    services.database.close()


def test_a_whole_log_is_told_with_its_count_and_its_end(deployment):
    services, run = deployment
    result = run("check")
    assert result.exit_code == 0
    assert f"办件日志共2条，末端：{EventLog(services.database, services.sealer).head()}" in result.output
    assert "日志完整" in result.output


@pytest.mark.parametrize("command", [["check"], ["audit", "verify"]], ids=" ".join)
def test_a_log_that_was_cut_ends_the_check_with_one_and_in_words(deployment, command):
    services, run = deployment
    assert run(*command).exit_code == 0
    services.database.run(Event.delete().where(Event.sequence == 2))
    result = run(*command)
    assert result.exit_code == 1
    assert "有问题：日志末尾缺少记录：应到第2条，现在只到第1条" in result.output
    assert "请保留现在的数据库文件" in result.output


def test_a_remembered_end_is_looked_for(deployment):
    services, run = deployment
    head = EventLog(services.database, services.sealer).head()
    assert run("check", str(head)).exit_code == 0
    forgotten = run("check", f"2:{'f' * 64}")
    assert forgotten.exit_code == 1
    assert "记下的末端（第2条）不在现在的日志里" in forgotten.output


@pytest.mark.parametrize(
    "typed", ["2", "2:abc", f"x:{'f' * 64}", f"2:{'g' * 64}", f"{'9' * 5000}:{'f' * 64}"], ids=range(5)
)
def test_an_end_copied_wrongly_is_refused_in_words(deployment, typed):
    refused = deployment[1]("check", typed)
    assert refused.exit_code == 2
    assert "照上次检查显示的抄写" in refused.output


def test_an_end_is_understood_as_people_type_it(deployment):
    services, run = deployment
    head = EventLog(services.database, services.sealer).head()
    full_width = f"２：{head.hash}"
    for typed in (f"{head}".upper(), f" {head} ", full_width):
        assert run("check", typed).exit_code == 0


def test_without_a_database_the_check_says_so_and_makes_none(run, tmp_path):
    result = run("check")
    assert result.exit_code == 1
    assert "没有找到数据库" in result.output
    assert not (tmp_path / "renewal.db").exists()


@pytest.mark.parametrize("contents", [b"", b"no database at all" * 100], ids=["empty", "not SQLite"])
def test_what_is_no_database_of_this_app_is_told_in_words(run, tmp_path, contents):
    (tmp_path / "renewal.db").write_bytes(contents)
    result = run("check")
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "有问题：数据库打不开，不是本系统的数据库，或缺少数据表" in result.output
    assert "联系系统管理员" in result.output


def test_check_leaves_no_connection_open(deployment, tmp_path):
    services, run = deployment
    run("check")
    services.database.close()
    assert not (tmp_path / "renewal.db-wal").exists()


# the holiday file


def test_a_wrong_holiday_file_stops_the_start_in_one_line(tmp_path):
    assert start(tmp_path).returncode == 0
    (tmp_path / "holidays.json").write_text('{"every_year": ["10-32"], "years": {}}')
    refused = start(tmp_path, "check")
    assert refused.returncode == 1
    (line,) = refused.stderr.strip().splitlines()
    assert "holidays.json 有误：“10-32”不是日期。请改正后再启动。" in line


def test_check_says_which_years_holidays_are_missing(deployment, tmp_path):
    services, run = deployment
    assert services.calendar_notice in run("check").output
    this = services.now().year
    years = {year: {"holidays": [], "make_up_days": []} for year in (this, this + 1)}
    file = json.dumps({"every_year": [], "years": years})
    (tmp_path / "holidays.json").write_text(file, "utf-8-sig")
    assert "放假安排" not in create_app(Settings(data=tmp_path)).test_cli_runner().invoke(args=["check"]).output


@pytest.fixture
def abandoned(run, tmp_path):
    """A draft that is a hundred days old."""
    run("setup")
    app = create_app(Settings(data=tmp_path))
    services = app.extensions["renewal"].services
    services.drafts.put(Draft("old"), services.now() - timedelta(days=100))
    services.database.close()


def test_purge_says_what_would_go_and_then_what_went(run, abandoned):
    assert run("purge", "--dry-run").output == "现在会删除：未提交的草稿1项\n"
    assert run("purge").output == "已删除：未提交的草稿1项\n"
    assert run("purge").output == "没有到期的数据。\n"
    assert run("purge", "--dry-run").output == "没有到期的数据。\n"
    assert run("check").exit_code == 0


def test_purge_before_there_is_a_database_says_what_to_do(run):
    result = run("purge")
    assert (result.exit_code, "flask --app wsgi setup" in result.output) == (1, True)
