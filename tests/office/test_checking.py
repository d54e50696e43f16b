from dataclasses import replace
from datetime import timedelta

import pytest

from renewal.documents import fonts
from renewal.office import checking, upkeep
from renewal.office.backing_up import back_up
from renewal.store.database import Database
from renewal.store.keys import Keys
from renewal.store.sealed import Sealer
from renewal.store.volume import Volume
from tests.engines import about_sqlites_file
from tests.factories import person, submitted


@pytest.fixture
def office(services, tmp_path):
    submitted(services, person(1))
    return replace(services, volume=Volume(tmp_path, tmp_path / "keys", tmp_path / "backups", "sqlite:///"))


def told(found) -> str:
    return "\n".join(("有问题：" if each.problem else "") + each.text for each in found)


def test_a_whole_database_gives_nothing_to_tell(office):
    assert list(checking.database(office)) == []


def test_keys_of_another_database_are_a_problem(office):
    said = told(checking.database(replace(office, sealer=Sealer(Keys.fresh()))))
    assert said.startswith("有问题：现在的密钥打不开：草稿")
    assert "keys restore" in said


def test_a_database_before_its_migrations_is_told_what_to_run(office, tmp_path):
    older = Database(f"sqlite:///{tmp_path / 'older.db'}")
    older.migrate("0007_queue")
    said = told(checking.database(replace(office, database=older)))
    assert "0008_notes" in said
    assert "flask --app wsgi setup" in said
    older.close()


@about_sqlites_file
def test_a_damaged_file_is_a_problem_and_ends_there(office):
    office.database.close()
    office.database.file.write_bytes(b"no database" * 1000)
    said = told(checking.database(office))
    assert said.startswith("有问题：数据库文件已损坏")
    assert "restore" in said


def test_a_clock_behind_what_was_logged_is_a_problem(office, clock):
    assert "时钟走慢了" not in told(checking.clock(office))
    clock.go_on(minutes=-10)
    assert "有问题：本机时间是2026/06/15 11:50，但2026/06/15 12:00已有记录" in told(checking.clock(office))


def test_a_clock_a_year_ahead_is_worth_a_look(office, clock):
    clock.go_on(days=800)
    assert [each.problem for each in checking.clock(office)] == [False]
    assert "相隔一年以上" in told(checking.clock(office))


def test_the_disk_and_an_old_backup_are_told(office, clock, tmp_path, monkeypatch):
    assert "还没有备份过" in told(checking.disk(office.volume, office.now()))
    back_up(office, office.volume, tmp_path / "one.backup")
    assert told(checking.disk(office.volume, office.now())) == ""
    monkeypatch.setattr(upkeep, "NEEDED", 10**18)
    assert "磁盘只剩" in told(checking.disk(office.volume, office.now()))
    late = office.now() + upkeep.BACK_UP_WITHIN + timedelta(seconds=1)
    assert "最近一次备份是2026/06/15 12:00" in told(checking.disk(office.volume, late))


def test_without_a_chinese_font_papers_cannot_be_printed(office, monkeypatch):
    assert "没有中文字体" not in told(checking.machine(office))
    monkeypatch.setattr(fonts, "CHINESE", ())
    monkeypatch.setattr(fonts.shutil, "which", lambda _name: None)
    assert "没有中文字体" in told(checking.machine(replace(office, fonts=fonts.Fonts())))


def test_what_only_needs_looking_after_is_no_problem(office):
    assert not any(each.problem for each in checking.machine(office))
