"""Several cases from the list at once."""

import pytest
from flask import Flask

from renewal.domain.application import Status
from renewal.store.staff import Role
from tests.casework import confirmed, now, ready
from tests.factories import person
from tests.staffing import Desk, staffed
from tests.web.browser import Page


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = Desk(app)
    return desk.enter(staffed(desk.services))


def send(desk: Desk, move: str, *cases: str) -> Page:
    csrf = desk.get("/office/").form("/office/logout").values["csrf_token"]
    return desk.post("/office/cases/batch", {"csrf_token": csrf, "move": move, "case": list(cases)})


def test_the_answer_says_what_was_done_and_what_not_and_why(desk: Desk) -> None:
    wang = desk.services.staff.by_name("王科员")
    clean = [ready(desk.services, wang, person(serial)) for serial in (1, 2)]
    unseen = confirmed(desk.services, person(3))
    page = send(desk, "accept", *(f"{case.number}:{case.version}" for case in (*clean, unseen)))
    assert page.status == 200
    assert "已受理2件" in page.text
    assert "没有办1件" in page.text
    assert "还没有在窗口核验本人" in page.text
    assert {f"/office/cases/{case.number}" for case in (*clean, unseen)} <= {href for href, _ in page.links}
    assert [now(desk.services, case).status for case in clean] == [Status.ACCEPTED] * 2


@pytest.mark.parametrize(("move", "cases"), [("accept", []), ("decline", ["YX1:1"]), ("", ["YX1:1"])])
def test_what_cannot_be_meant_is_422_in_words(desk: Desk, move: str, cases: list[str]) -> None:
    page = send(desk, move, *cases)
    assert page.status == 422
    assert 'role="alert"' in page.html


def test_an_auditor_accepts_nothing(desk: Desk) -> None:
    case = ready(desk.services, desk.services.staff.by_name("王科员"))
    desk.enter(staffed(desk.services, "审计员", Role.AUDITOR))
    assert send(desk, "accept", f"{case.number}:{case.version}").status == 403
    assert now(desk.services, case) == case
