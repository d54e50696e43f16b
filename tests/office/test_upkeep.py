from datetime import datetime, timedelta, timezone

import pytest

from renewal.office import upkeep as module
from renewal.office.upkeep import BACK_UP_WITHIN, BACKUP_MARK, upkeep
from tests.factories import NOON


def _marked(folder, text: str):
    (folder / BACKUP_MARK).write_text(text)
    return upkeep(folder, NOON)


def test_without_a_mark_no_backup_is_known_and_one_is_due(tmp_path) -> None:
    found = upkeep(tmp_path, NOON)
    assert (found.last_backup, found.backup_due) == (None, True)


@pytest.mark.parametrize("text", ["", "gestern", "2026-13-01", "\x00", "0001-01-01T00:00:00+23:59"])
def test_a_mark_that_nobody_can_read_is_none(tmp_path, text: str) -> None:
    assert _marked(tmp_path, text).last_backup is None


@pytest.mark.parametrize(("age", "due"), [(BACK_UP_WITHIN, False), (BACK_UP_WITHIN + timedelta(seconds=1), True)])
def test_a_backup_is_due_after_a_week(tmp_path, age: timedelta, due: bool) -> None:
    found = _marked(tmp_path, (NOON - age).isoformat() + "\n")
    assert (found.last_backup, found.backup_due) == (NOON - age, due)


def test_a_mark_says_its_own_offset(tmp_path) -> None:
    here = datetime(2026, 6, 15, 12, 0, tzinfo=timezone(timedelta(hours=8)))
    assert _marked(tmp_path, here.isoformat()).last_backup == NOON


def test_the_disk_is_full_below_what_is_needed(tmp_path, monkeypatch) -> None:
    free = upkeep(tmp_path, NOON).free
    for needed, full in ((free // 2, False), (free * 2, True)):
        monkeypatch.setattr(module, "NEEDED", needed)
        assert upkeep(tmp_path, NOON).full is full
