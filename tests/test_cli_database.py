"""Which database, and what is said of one that cannot be used."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from renewal.app import create_app
from renewal.settings import Settings
from renewal.store.database import Database
from renewal.store.keys import Keys
from tests.e2e.serving import serve
from tests.factories import person, submitted

ROOT = Path(__file__).parents[1]


def run(data: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    own = {name: text for name, text in os.environ.items() if not name.startswith(("RENEWAL_", "DATABASE_"))}
    env = own | {"RENEWAL_DATA": str(data)} | variables
    line = [sys.executable, "-m", *command]
    return subprocess.run(line, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


def setup(data: Path, url: str) -> subprocess.CompletedProcess[str]:
    return run(data, "flask", "--app", "wsgi", "setup", DATABASE_URL=url)


def refused(answer: subprocess.CompletedProcess[str]) -> str:
    """The one line that is said."""
    assert answer.returncode == 1
    (line,) = answer.stderr.strip().splitlines()
    assert "geheim" not in line
    return line


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("oracle://u:geheim@h/d", "DATABASE_URL 有误：只能用 PostgreSQL 或 SQLite"),
        ("postgresql://u:geheim@h", "DATABASE_URL 有误：没有写数据库名"),
        ("postgresql://u:geheim@127.0.0.1:9/d", "数据库用不了：服务器没有应答"),
    ],
)
def test_a_wrong_url_stops_every_command_in_one_line(tmp_path, url, words):
    assert words in refused(setup(tmp_path, url))
    assert not (tmp_path / "keys").exists(), "made for no database"


def test_a_missing_database_and_a_wrong_password_are_told_apart(tmp_path, postgres):
    missing = postgres.url("missing")
    assert "没有这个数据库" in refused(setup(tmp_path, missing))
    wrong = postgres.url("blank").replace("postgres:@", "guest:geheim@")
    assert "用户名或密码不对" in refused(setup(tmp_path, wrong))


def test_with_keys_at_hand_the_app_is_made_while_the_server_is_away(tmp_path):
    Keys.fresh().write(tmp_path / "keys")
    app = create_app(Settings(data=tmp_path, database_url="postgresql://u@127.0.0.1:9/d"))
    assert app.test_client().get("/healthz").status_code == 200
    assert app.test_client().get("/readyz").status_code == 503


def test_a_second_container_with_keys_of_its_own_is_refused_in_one_line(tmp_path, new_url):
    url = new_url()

    def started(keys: Keys, name: str):
        settings = Settings(data=tmp_path / name, database_url=url)
        return create_app(settings, keys).test_cli_runner().invoke(args=["setup"])

    keys = Keys.fresh()
    assert started(keys, "first").exit_code == 0
    assert started(keys, "second").exit_code == 0
    third = started(Keys.fresh(), "third")
    assert third.exit_code == 1
    assert "密钥与数据库不符" in third.output
    assert "staff" not in third.output


def test_a_second_server_on_one_file_is_refused_and_commands_are_not(tmp_path):
    with serve(tmp_path):
        second = run(tmp_path, "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app", PORT="0")
        assert second.returncode == 1
        assert "正被另一个服务使用：一个文件只能由一个容器打开" in second.stderr
        assert "Traceback" not in second.stderr
        assert run(tmp_path, "flask", "--app", "wsgi", "setup").returncode == 0
        assert run(tmp_path, "flask", "--app", "wsgi", "check").returncode == 0
        moving = run(tmp_path, "flask", "--app", "wsgi", "copy-to", "postgresql://u@127.0.0.1:9/d")
        assert "正被另一个服务使用" in refused(moving)
    with serve(tmp_path):
        """The lock went with the first."""


def test_an_office_moves_by_one_command(tmp_path, postgresql_empty):
    url = postgresql_empty()
    app = create_app(Settings(data=tmp_path))
    app.test_cli_runner().invoke(args=["setup"])
    services = app.extensions["renewal"].services
    case = submitted(services, person(1))
    said = app.test_cli_runner().invoke(args=["copy-to", url])
    assert said.exit_code == 0, said.output
    assert "application\t1" in said.output
    assert "逐表核对相同，办件日志完整" in said.output
    assert "请把 DATABASE_URL 改成新的地址再启动" in said.output
    again = app.test_cli_runner().invoke(args=["copy-to", url])
    assert again.exit_code == 1
    assert "目标数据库不是空的" in again.output
    services.database.close()

    there = create_app(Settings(data=tmp_path, database_url=url))
    assert there.test_cli_runner().invoke(args=["setup"]).exit_code == 0
    assert there.test_cli_runner().invoke(args=["check"]).exit_code == 0
    assert there.extensions["renewal"].services.applications.by_number(case.number) == case
    there.extensions["renewal"].services.database.close()


def test_nothing_is_copied_from_a_database_that_is_not_there(tmp_path, postgresql_empty):
    url = postgresql_empty()
    said = create_app(Settings(data=tmp_path)).test_cli_runner().invoke(args=["copy-to", url])
    assert "请先运行 flask --app wsgi setup" in said.output
    assert not Database(url).holds_data()
