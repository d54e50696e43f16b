import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from renewal.app import create_app
from renewal.settings import Settings
from renewal.store.database import MIGRATIONS

ROOT = Path(__file__).parents[1]
NAMES = sorted(file.stem for file in MIGRATIONS.glob("[0-9]*.py"))


@pytest.fixture
def run(tmp_path):
    app = create_app(Settings(data=tmp_path))
    return lambda *arguments: app.test_cli_runner().invoke(args=arguments)


def test_setup_brings_the_database_up_to_date_and_says_what_it_did(run, tmp_path):
    result = run("setup")
    assert result.exit_code == 0
    assert result.output.splitlines() == [f"migrated: {name}" for name in NAMES]
    assert (tmp_path / "renewal.db").exists()


def test_a_second_setup_has_nothing_to_do(run):
    run("setup")
    second = run("setup")
    assert (second.exit_code, second.output) == (0, "")


def test_setup_leaves_no_connection_open(run, tmp_path):
    run("setup")
    assert not (tmp_path / "renewal.db-wal").exists()


def test_every_command_says_what_it_does(run, tmp_path):
    commands = create_app(Settings(data=tmp_path)).cli.commands
    assert all(command.help for command in commands.values())
    for name in commands:
        assert run(name, "--help").exit_code == 0


def start(data: Path) -> subprocess.CompletedProcess[str]:
    env = {name: text for name, text in os.environ.items() if not name.startswith(("RENEWAL_", "DATABASE_"))}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "setup"]
    return subprocess.run(
        command, cwd=ROOT, env={**env, "RENEWAL_DATA": str(data)}, capture_output=True, text=True, timeout=60
    )


def test_the_first_start_from_the_shell_makes_everything_and_lost_keys_stop_the_next(tmp_path):
    assert start(tmp_path).returncode == 0
    assert (tmp_path / "keys" / "sealing").exists()
    shutil.rmtree(tmp_path / "keys")
    refused = start(tmp_path)
    assert refused.returncode != 0
    assert "put the keys back from the backup" in refused.stderr
    assert not (tmp_path / "keys").exists()
