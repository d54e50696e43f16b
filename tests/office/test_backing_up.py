from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from renewal.domain.errors import InvalidValue
from renewal.duties import DUTIES
from renewal.office.backing_up import back_up, daily
from renewal.office.upkeep import upkeep
from renewal.store.backup_file import Backup
from renewal.store.database import Database
from renewal.store.volume import Volume
from tests.engines import about_sqlites_file
from tests.factories import NOON, person, submitted


@pytest.fixture
def volume(tmp_path):
    return Volume(tmp_path, tmp_path / "keys", tmp_path / "backups", f"sqlite:///{tmp_path / 'renewal.db'}")


@pytest.fixture
def office(services, volume):
    submitted(services, person(1))
    return replace(services, volume=volume)


def names(volume) -> list[str]:
    return sorted(file.name for file in volume.backups.iterdir())


def test_a_backup_is_told_on_the_desk(office, volume, tmp_path):
    assert upkeep(volume.data, NOON).backup_due
    back_up(office, volume, tmp_path / "one.backup")
    assert upkeep(volume.data, NOON).last_backup == NOON
    assert not upkeep(volume.data, NOON).backup_due


def test_one_is_made_a_day_in_the_night(office, volume, keys, clock):
    assert daily(office) == {"made": 1, "deleted": 0}
    assert daily(office) == {"made": 0, "deleted": 0}
    clock.go_on(days=1)
    assert daily(office) == {"made": 1, "deleted": 0}
    assert names(volume) == ["renewal-20260615-120000.backup", "renewal-20260616-120000.backup"]
    assert Backup.of(volume.backups / names(volume)[0], keys).read().rows["application"] == 1


def test_it_is_one_of_the_duties():
    (duty,) = (duty for duty in DUTIES if duty.name == "backup")
    assert duty.run is daily
    assert duty.due.since(NOON) == datetime(2026, 6, 14, 18, tzinfo=UTC)


def test_an_office_may_do_without(office, volume):
    assert daily(replace(office, volume=replace(volume, daily=False))) == {"made": 0, "deleted": 0}
    assert not volume.backups.exists()


def test_old_ones_go_and_nobody_elses_file_does(office, volume):
    volume.backups.mkdir()
    for number in range(1, 40):
        (volume.backups / f"renewal-{NOON - timedelta(days=number):%Y%m%d}-020000.backup").touch()
    kept = ["before the move.backup", "renewal.db", "renewal-20200101-000000.backup.bak"]
    for name in kept:
        (volume.backups / name).touch()
    done = daily(office)
    assert done["made"] == 1
    assert done["deleted"] == 40 - (len(names(volume)) - len(kept))
    assert set(kept) <= set(names(volume))
    assert 8 <= len(names(volume)) - len(kept) <= 7 + 4 + 2


def test_half_a_file_from_a_power_cut_goes(office, volume):
    volume.backups.mkdir()
    (volume.backups / "renewal-20260614-020000.backup.part77").write_bytes(b"half")
    daily(office)
    assert names(volume) == ["renewal-20260615-120000.backup"]


def test_a_folder_that_cannot_be_made_is_told_in_words(office, volume):
    volume.backups.write_text("a file in its place")
    with pytest.raises(InvalidValue, match=r"没有备份：读写 .*backups 出错"):
        daily(office)


@about_sqlites_file
def test_a_database_that_cannot_be_read_is_told_and_no_old_backup_goes(office, volume):
    volume.backups.mkdir()
    old = [f"renewal-2020010{day}-020000.backup" for day in range(1, 9)]
    for name in old:
        (volume.backups / name).touch()
    office.database.close()
    contents = office.database.file.read_bytes()
    office.database.file.write_bytes(contents[: 4096 * 3] + b"\xff" * (len(contents) - 4096 * 3))
    with pytest.raises(InvalidValue, match=r"数据库读不出来.*check"):
        daily(office)
    assert names(volume) == old
    assert upkeep(volume.data, NOON).last_backup is None


def test_before_setup_there_is_nothing_to_back_up(office, volume, tmp_path):
    empty = replace(office, database=Database(f"sqlite:///{tmp_path / 'none.db'}"))
    with pytest.raises(InvalidValue, match="先运行 flask --app wsgi setup"):
        back_up(empty, volume, tmp_path / "one.backup")
    assert not (tmp_path / "none.db").exists()
