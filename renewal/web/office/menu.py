"""What stands on top of every page of the office."""

from flask import request, url_for

from renewal.store.staff import Role
from renewal.web import access
from renewal.web.halves import OFFICE

MENU = (
    ("今日待办", "office.desk.today"),
    ("办件", "office.queue.cases"),
    ("名册", "office.roster.show"),
    ("统计", "office.figures.show"),
    ("日志", "office.log.show"),
    ("人员", "office.people.all_of_them"),
    ("设置", "office.settings.show"),
)
"""Words and endpoint, in order; who may not go there does not see it."""
HOME = [("返回今日待办", f"{OFFICE}/")]


def of(role: Role) -> list[tuple[str, str, bool]]:
    """Words, address, and whether it is where one is."""
    return [
        (words, url_for(endpoint), _blueprint(endpoint) == request.blueprint)
        for words, endpoint in MENU
        if role in access.roles(endpoint)
    ]


def _blueprint(endpoint: str) -> str:
    return endpoint.rpartition(".")[0]
