import pytest

from renewal.store.database import Database
from renewal.store.trouble import Unavailable, UrlWrong, said


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://u:geheim@h/d", "只能用 PostgreSQL 或 SQLite"),
        ("renewal", "只能用 PostgreSQL 或 SQLite"),
        ("postgresql://u:geheim@h", "没有写数据库名"),
        ("postgresql://u:gehe/im@h/d", "读不懂"),
        ("postgresql://u:geheim@[h/d", "读不懂"),
        ("sqlite://", "没有写数据库文件"),
    ],
)
def test_a_wrong_url_is_refused_in_words_that_do_not_quote_it(url, words):
    with pytest.raises(UrlWrong, match=words) as refused:
        Database(url)
    assert "postgresql://用户名:密码@主机" in str(refused.value)
    assert "gehe" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ('FATAL:  password authentication failed for user "u"', "用户名或密码不对"),
        ('FATAL:  database "d" does not exist', "没有这个数据库"),
        ('could not translate host name "h" to address', "找不到这台主机"),
        ("connection refused\n\tIs the server running?", "服务器没有应答"),
        ("FATAL:  sorry, too many clients already", "连接数已满"),
        ("database is locked", "另一个程序正占用着它"),
        ("attempt to write a readonly database", "它是只读的"),
        ("database or disk is full", "磁盘已满"),
        ("something nobody knew", "数据库没有应答"),
    ],
)
def test_what_is_missing_is_said_in_one_line_with_the_drivers_own_words(own, words):
    line = said(Unavailable(own.replace("refused", "to server refused")))
    assert line.startswith(f"数据库用不了：{words}")
    assert "\n" not in line
