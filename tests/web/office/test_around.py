"""Around a case: the list it was opened from."""

import pytest
from flask import Flask

from tests.casework import confirmed
from tests.factories import person, submitted
from tests.staffing import Desk, staffed


@pytest.fixture
def desk(app: Flask) -> Desk:
    desk = Desk(app)
    return desk.enter(staffed(desk.services))


def path(case, move: str = "") -> str:
    return f"/office/cases/{case.number}" + (f"/{move}" if move else "")


def test_what_was_sought_travels_along(desk: Desk) -> None:
    case, sought = confirmed(desk.services), "?status=employer_confirmed&sort=newest"
    desk.get(path(case) + sought)
    page = desk.submit(path(case, "claim") + sought)
    assert page.path == path(case) + sought
    assert f"/office/cases{sought}" in {href for href, _ in page.links}


def test_the_lists_next_and_previous_are_a_click_away(desk: Desk) -> None:
    first, here, last = (confirmed(desk.services, person(serial)) for serial in (1, 2, 3))
    submitted(desk.services, person(4))
    sought = "?status=employer_confirmed&sort=oldest"
    desk.get(path(here) + sought)
    page = desk.submit(path(here, "claim") + sought)
    led = {words: href for href, words in page.links}
    assert (led["上一件"], led["下一件"]) == (path(first) + sought, path(last) + sought)
    assert "下一件" not in {words for _, words in desk.get(path(last) + sought).links}


def test_strange_words_in_the_address_are_left_out(desk: Desk) -> None:
    page = desk.get(path(confirmed(desk.services)) + '?status=x&x="><script>&sort=' + "y" * 200)
    assert page.status == 200
    assert "<script>" not in page.html.replace("<script src", "")
    assert "/office/cases" in {href for href, _ in page.links}
