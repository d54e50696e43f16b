import errno

import pytest

from renewal.store.volume import aside, in_words, leave_nothing
from tests.factories import NOON


def test_a_name_beside_it_says_until_when_it_was_used(tmp_path):
    assert aside(tmp_path / "renewal.db", NOON).name == "renewal.db.before-20260615-120000"


def test_a_second_one_in_the_same_second_takes_nobodys_name(tmp_path):
    first = aside(tmp_path / "keys", NOON)
    first.mkdir()
    assert aside(tmp_path / "keys", NOON).name == f"{first.name}-2"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "x", "f"), "磁盘空间不足"),
        (OSError(errno.EFBIG, "x", "f"), "磁盘空间不足"),
        (OSError(errno.ENOENT, "x", "/mnt/f"), "没有找到 /mnt/f"),
        (OSError(errno.EACCES, "x", "/mnt/f"), "没有权限读写 /mnt/f"),
        (OSError(errno.EROFS, "x", "/mnt/f"), "磁盘是只读的"),
        (OSError(errno.EIO, "Input/output error", "/mnt/f"), "读写 /mnt/f 出错：Input/output error"),
    ],
)
def test_what_the_system_refuses_is_said_in_words(error, said):
    assert said in in_words(error)


def test_what_is_not_there_is_not_missed(tmp_path):
    (tmp_path / "half").touch()
    leave_nothing(tmp_path / "half", tmp_path / "none")
    assert not list(tmp_path.iterdir())
