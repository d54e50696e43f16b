"""`backup`, `restore` and `keys`, as an office types them."""

import stat

import pytest

from renewal.app import create_app
from renewal.settings import Settings
from renewal.store.models import Application, Draft, Event
from tests.factories import person, stored, submitted
from tests.test_cli import start

PASSPHRASE = "七月的雨下在泉城的屋顶上"


class Machine:
    def __init__(self, folder):
        self.folder = folder

    def __call__(self, *arguments, typed=""):
        app = create_app(Settings(data=self.folder))
        result = app.test_cli_runner().invoke(args=[str(each) for each in arguments], input=typed)
        app.extensions["renewal"].services.database.close()
        return result

    @property
    def services(self):
        return create_app(Settings(data=self.folder)).extensions["renewal"].services


@pytest.fixture
def office(tmp_path):
    machine = Machine(tmp_path / "office")
    machine("setup")
    services = machine.services
    for serial in (1, 2):
        submitted(services, person(serial))
    services.database.close()
    return machine


@pytest.fixture
def empty(tmp_path):
    return Machine(tmp_path / "empty")


def test_a_backup_tells_what_is_in_it_and_why_the_keys_are_not(office, tmp_path):
    result = office("backup", tmp_path / "one")
    assert result.exit_code == 0
    for said in ("已备份到", "日志末端：2:", "SHA-256", "备份里没有密钥", "keys backup", "分开保管"):
        assert said in result.output
    assert (office.folder / "last-backup").exists()


def test_from_an_old_machine_to_an_empty_one(office, empty, tmp_path):
    office("backup", tmp_path / "one")
    saved = office("keys", "backup", tmp_path / "keys", typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert "再也打不开" in saved.output
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600
    too_early = empty("restore", tmp_path / "one")
    assert (too_early.exit_code, "keys restore" in too_early.output) == (1, True)
    assert "密钥已恢复" in empty("keys", "restore", tmp_path / "keys", typed=f"{PASSPHRASE}\n").output
    done = empty("restore", tmp_path / "one")
    assert (done.exit_code, "都与备份一致" in done.output) == (0, True)
    services = empty.services
    assert [row.name_mask for row in stored(services, Application)] == ["李*明"] * 2
    assert [row.action for row in stored(services, Event)][-1] == "restored"
    services.database.close()
    assert empty("check").exit_code == 0


def test_restoring_over_data_wants_to_be_told_twice(office, tmp_path):
    office("backup", tmp_path / "one")
    refused = office("restore", tmp_path / "one")
    assert (refused.exit_code, "--replace" in refused.output) == (1, True)
    done = office("restore", tmp_path / "one", "--replace")
    assert done.exit_code == 0
    assert "原来的数据库改名为：" in done.output
    assert len(list(office.folder.glob("renewal.db.before-*"))) == 1


def test_a_backup_may_be_looked_through(office, tmp_path):
    file = tmp_path / "one"
    office("backup", file)
    assert "备份完好" in office("restore", file, "--check").output
    file.write_bytes(file.read_bytes()[:-1])
    damaged = office("restore", file, "--check")
    assert (damaged.exit_code, "已损坏、不完整" in damaged.output) == (1, True)


@pytest.mark.parametrize("command", [["backup"], ["keys", "backup", "--without-passphrase"]], ids=" ".join)
def test_nothing_is_written_over(office, tmp_path, command):
    (tmp_path / "one").write_text("somebody's")
    refused = office(*command, tmp_path / "one")
    assert (refused.exit_code, "不会覆盖" in refused.output) == (1, True)
    assert (tmp_path / "one").read_text() == "somebody's"


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_folder_or_file_that_is_not_there_is_told(office, tmp_path, command):
    refused = office(command, tmp_path / "none" / "one")
    assert (refused.exit_code, "没有找到" in refused.output) == (1, True)


def test_keys_of_data_are_not_replaced_silently(office, tmp_path):
    office("keys", "backup", "--without-passphrase", tmp_path / "mine")
    other = Machine(tmp_path / "another")
    other("keys", "backup", "--without-passphrase", tmp_path / "others")
    assert "密钥已恢复" in office("keys", "restore", tmp_path / "mine").output
    refused = office("keys", "restore", tmp_path / "others")
    assert (refused.exit_code, "--replace" in refused.output) == (1, True)
    replaced = office("keys", "restore", tmp_path / "others", "--replace")
    assert "原来的密钥改名为：" in replaced.output
    wrong = office("check")
    assert wrong.exit_code == 1
    assert "有问题：现在的密钥打不开" in wrong.output
    office("keys", "restore", tmp_path / "mine", "--replace")
    assert office("check").exit_code == 0


def test_lost_keys_are_put_back_where_nothing_else_starts(office, tmp_path):
    office("keys", "backup", "--without-passphrase", tmp_path / "saved")
    for file in (office.folder / "keys").iterdir():
        file.unlink()
    assert "密钥文件缺失" in start(office.folder, "check").stderr
    restored = start(office.folder, "keys", "restore", str(tmp_path / "saved"))
    assert (restored.returncode, "密钥已恢复" in restored.stdout) == (0, True)
    assert start(office.folder, "check").returncode == 0


def test_renewed_keys_seal_and_open_and_are_logged(office, tmp_path):
    told = office("keys", "rotate").output
    assert "第2号密钥" in told
    assert "重新保存密钥" in told
    services = office.services
    submitted(services, person(3))
    assert {bytes(row.answers)[0] for row in stored(services, Draft)} == {1, 2}
    assert [row.action for row in stored(services, Event)].count("keys_rotated") == 1
    services.database.close()
    assert office("check").exit_code == 0


def test_without_a_passphrase_the_file_warns(office, tmp_path):
    assert "拿到它的人就拿到了密钥" in office("keys", "backup", "--without-passphrase", tmp_path / "open").output
    short = office("keys", "backup", tmp_path / "short", typed="kurz\nkurz\n")
    assert (short.exit_code, "至少12个字" in short.output) == (1, True)
    assert not (tmp_path / "short").exists()


def test_what_stops_a_start_is_one_line_and_no_traceback(tmp_path, office):
    (tmp_path / "file").touch()
    (office.folder / "keys" / "index").write_text("no hex")
    for data, more, said in [
        (tmp_path / "file", {}, "不能使用"),
        (tmp_path / "new", {"RENEWAL_HTTPS_ONLY": "ja"}, "RENEWAL_HTTPS_ONLY 应为 0 或 1"),
        (tmp_path / "new", {"RENEWAL_HOSTS": "a b"}, "RENEWAL_HOSTS 应为主机名"),
        (office.folder, {}, "密钥文件损坏"),
    ]:
        refused = start(data, "setup", **more)
        (line,) = refused.stderr.strip().splitlines()
        assert (refused.returncode, said in line) == (1, True)
