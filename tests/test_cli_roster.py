"""`flask roster import` from a shell."""

from pathlib import Path

import pytest
from flask import Flask

from tests.factories import person
from tests.rosters import file, people, row


@pytest.fixture
def run(app: Flask, tmp_path: Path):
    services = app.extensions["renewal"].services

    def command(data: bytes, *options: str):
        path = tmp_path / "名册.csv"
        path.write_bytes(data)
        result = app.test_cli_runner().invoke(args=["roster", "import", str(path), *options])
        return result, services.roster.person(person(0).id_number)

    return command


def test_without_commit_it_is_a_dry_run_that_leaves_nothing(run, app: Flask) -> None:
    result, found = run(people(3))
    assert "名册3人：新增3" in result.output
    assert (result.exit_code, found) == (0, None)
    assert app.extensions["renewal"].services.roster_imports.in_hand() is None


def test_with_commit_it_is_the_roster(run) -> None:
    result, found = run(people(3), "--commit")
    assert "已导入" in result.output
    assert found


def test_what_is_wrong_is_said_and_written(run, tmp_path: Path) -> None:
    data = file(row(person(0)), *(row(person(serial), 有效期至="长期") for serial in range(1, 30)))
    result, _ = run(data, "--errors", str(tmp_path / "wrong.csv"))
    assert "第3行：有效期至" in result.output
    assert "其余见" in result.output
    assert (tmp_path / "wrong.csv").read_text("utf-8-sig").count("没有导入") == 29


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "请选择"), (b"\0\1", "不是表格"), ("甲,乙".encode(), "认不出"), (file(), "没有一行")],
)
def test_what_cannot_be_read_ends_in_a_sentence_and_changes_nothing(run, data: bytes, words: str) -> None:
    run(people(1), "--commit")
    result, found = run(data, "--commit")
    assert result.exit_code == 1
    assert words in result.output
    assert "Traceback" not in result.output
    assert found


def test_a_gigabyte_is_refused_before_it_is_read(run, tmp_path: Path, app: Flask) -> None:
    with (tmp_path / "huge.csv").open("wb") as huge:
        huge.truncate(1_000_000_000)
    result = app.test_cli_runner().invoke(args=["roster", "import", str(tmp_path / "huge.csv")])
    assert "超过100 MB" in result.output
    assert result.exit_code == 1
