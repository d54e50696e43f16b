"""Every route of the office with every role, and none."""

import pytest
from flask import Flask

from renewal.store.staff import Role
from renewal.web.access import AT_THE_DOOR, OFFICE
from renewal.web.halves import is_office
from tests.staffing import Desk, staffed

OWN = {
    "office.queue.search",  # posted, so that what is personal stands in no address
    "office.door.sign_out",
    "office.account.change_password",
    "office.account.make_codes",
    "office.account.end_session",
}
"""What an auditor, too, does: with the own account, and what changes nothing."""


ARGUMENTS: dict[str, dict[str, object]] = {
    "office.conflict.show": {"number": "YX0"},
    "office.conflict.settle": {"number": "YX0"},
    "office.exports.file": {"kind": "csv"},
    "office.door.setup": {"token": "x"},
    "office.door.set_up": {"token": "x"},
    "office.account.end_session": {"handle": "x"},
    "office.people.one": {"member_id": 99},
    "office.people.reset": {"member_id": 99},
    "office.people.disable": {"member_id": 99},
    "office.people.enable": {"member_id": 99},
    "office.people.end_session": {"member_id": 99, "handle": "x"},
    "office.papers.form": {"number": "x"},
    "office.papers.letter": {"number": "x", "version": 1},
    "office.review.show": {"number": "x"},
    "office.review.claim": {"number": "x"},
    "office.review.give_back": {"number": "x"},
    "office.review.take_over": {"number": "x"},
    "office.review.accept": {"number": "x"},
    "office.review.approve": {"number": "x"},
    "office.review.decline": {"number": "x"},
    "office.review.undo": {"number": "x"},
    "office.review.verify": {"number": "x"},
    "office.review.selfie": {"number": "x"},
    "office.review.note": {"number": "x"},
    "office.review.picture": {"number": "x", "kind": "portrait"},
    "office.returns.check": {"number": "x"},
    "office.returns.send": {"number": "x"},
    "office.texts.again": {"message_id": 99},
    "office.texts.drop": {"message_id": 99},
    "office.settings.save": {"section": "x"},
    "office.settings.restore": {"number": 99},
}


def _routes(app: Flask) -> list[tuple[str, str, str]]:
    """Method, endpoint and path of everything the office answers to."""
    with app.test_request_context():
        return [
            (method, rule.endpoint, app.url_for(rule.endpoint, **ARGUMENTS.get(rule.endpoint, {})))
            for rule in app.url_map.iter_rules()
            if rule.endpoint in OFFICE
            for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})
        ]


def test_the_offices_routes_are_those_below_office(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules() if is_office(rule.rule)} == OFFICE.keys()


def test_a_route_nobody_entered_stays_shut_to_everybody(app: Flask, monkeypatch) -> None:
    desk = Desk(app)
    desk.enter(staffed(desk.services, role=Role.ADMINISTRATOR))
    monkeypatch.delitem(OFFICE, "office.desk.today")
    assert desk.client.get("/office/").status_code == 500


def test_an_auditor_changes_nothing(app: Flask) -> None:
    changing = {endpoint for method, endpoint, _ in _routes(app) if method != "GET"}
    assert {endpoint for endpoint in changing if Role.AUDITOR in OFFICE[endpoint]} == OWN


@pytest.mark.parametrize("role", [*Role, None])
def test_each_route_lets_in_whom_the_table_says(app: Flask, role: Role | None) -> None:
    desk = Desk(app)
    member = staffed(desk.services, role=role) if role else None
    for method, endpoint, path in _routes(app):
        if member:
            desk.enter(member)
        csrf = desk.get("/office/login").form("/office/login").values["csrf_token"]
        answer = desk.client.open(path, method=method, data={"csrf_token": csrf} if method == "POST" else None)
        assert answer.status_code < 500, (method, path)
        open_to = role in OFFICE[endpoint] or OFFICE[endpoint] == AT_THE_DOOR
        assert _is_shut_out(answer, role) == (not open_to), (method, path, answer.status_code)


def _is_shut_out(answer, role: Role | None) -> bool:
    """Led to the door or told that nothing was saved; with a role, told that it is not enough."""
    if role:
        return answer.status_code == 403 and "您的角色不能使用" in answer.text
    led = answer.status_code == 303 and answer.headers["Location"].startswith("/office/login?next=")
    return led or (answer.status_code == 401 and "登录已失效" in answer.text)
