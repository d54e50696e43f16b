"""What is wrong with a database, in the office's words. No word of it holds a password."""

import re

from peewee import OperationalError

# Disk full, file locked or read-only, server gone: the person may try again, nothing is half-written.
Unavailable = OperationalError

URL = "请写成 postgresql://用户名:密码@主机:5432/数据库名（密码里的特殊字符用百分号编码）；不设置时数据存在数据文件夹里"

REASONS = {
    r"password|authentication|pg_hba": "用户名或密码不对，或服务器不许从这里登录",
    r"role .* does not exist": "没有这个用户",
    r"database .* does not exist": "没有这个数据库，请先在服务器上建立",
    r"translate host name|resolve": "找不到这台主机",
    r"refused|No such file|timeout|timed out|unreachable|starting up|shutting down|a moment ago": "服务器没有应答",
    r"too many|remaining connection|all connections": "连接数已满",
    r"locked|queue of writers|lock timeout": "另一个程序正占用着它",
    r"readonly|read-only": "它是只读的",
    r"disk|No space": "磁盘已满或读写出错",
    r"unable to open": "文件打不开，请核对数据文件夹和它的权限",
}


class DatabaseUnfit(RuntimeError):
    """Not a database that this program may work with as it is; says why to the office."""


class UrlWrong(DatabaseUnfit):
    """DATABASE_URL names no database. The reason never quotes the URL: a password stands in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"DATABASE_URL 有误：{reason}。{URL}。")


class InUse(DatabaseUnfit):
    def __init__(self, file: str) -> None:
        super().__init__(
            f"数据库文件 {file} 正被另一个服务使用：一个文件只能由一个容器打开。"
            "请先停掉那一个；要运行多个容器，请改用 PostgreSQL（DATABASE_URL）。"
        )


class Newer(DatabaseUnfit):
    def __init__(self, name: str) -> None:
        super().__init__(f"数据库是更新的版本用过的（{name}），这个旧版本不能打开它。请换回新版本，数据没有改动。")


class KeysForeign(DatabaseUnfit):
    def __init__(self) -> None:
        super().__init__(
            "密钥与数据库不符：这个数据库是用另一套密钥建立的。"
            "请把原来的密钥文件夹放回；多个容器要用同一个密钥文件夹。数据没有改动。"
        )


def said(trouble: Unavailable) -> str:
    """One line: what a database that does not answer lacks, with the driver's own words behind it."""
    own = " ".join(str(trouble).split())
    reason = next((words for pattern, words in REASONS.items() if re.search(pattern, own)), "数据库没有应答")
    return f"数据库用不了：{reason}。（{own}）"
