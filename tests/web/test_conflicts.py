"""Nobody blocks another by a name and an ID number, and one's own second try leads to the first."""

from dataclasses import replace

import pytest
from flask import Flask

from renewal.store.models import Application
from tests.factories import carry, person, stored
from tests.web.browser import Browser, employer_path, walk

LI = person()


@pytest.fixture(params=[False, True], ids=["plain", "htmx"])
def htmx(request: pytest.FixtureRequest) -> bool:
    return request.param


def conflicts(browser: Browser) -> list[bool]:
    return [case.conflict for case in stored(browser.services, Application)]


@pytest.mark.parametrize("name", [LI.name, "张三"], ids=["with the right name", "with a wrong name"])
def test_a_stranger_who_submitted_first_stops_nobody(app: Flask, htmx: bool, name: str) -> None:
    walk(Browser(app, htmx), replace(LI, name=name))
    mine = Browser(app, htmx)
    assert "提交成功" in walk(mine, LI).text
    assert conflicts(mine) == [True, True]


def test_neither_is_told_of_the_other(app: Flask, htmx: bool) -> None:
    """What a stranger sees does not tell whether a case is open: word for word what a first applicant sees."""
    alone, first, second = (Browser(app, htmx) for _ in range(3))
    pages = {}
    for browser, who in ((alone, person(9)), (first, LI), (second, LI)):
        walk(browser, who)
        number = browser.page.ids["number"]
        own = browser.get(f"/applications/{number}").text
        for personal in (number, who.id_number[-4:], who.phone[-4:], employer_path(browser.page)):
            own = own.replace(personal, "…")
        pages[browser] = own
    assert pages[first] == pages[second] == pages[alone]
    assert "冲突" not in pages[first]
    assert conflicts(alone) == [False, True, True]


def test_before_the_form_everybody_is_told_the_same_of_what_can_be_done(app: Flask) -> None:
    page = Browser(app)
    page.introduce()
    assert "由工作人员核对哪一件是本人的" in page.get("/renewal/verify").text


def test_ones_own_second_try_leads_to_the_first(app: Flask, htmx: bool) -> None:
    """In two tabs that began before either was submitted."""
    first = Browser(app, htmx)
    walk(first, LI, until="review")
    secret = first.device().csrf
    other = carry(first.services, "review", LI, owner=secret)
    second = first.tab().hold(other)
    second.get("/renewal/review")
    number = first.submit("/renewal/review").ids["number"]
    second.hold(other)
    page = second.submit("/renewal/review")
    assert page.status == 409
    assert number in page.text
    assert "不能再提交一件" in page.text
    assert len(stored(first.services, Application)) == 1


@pytest.mark.parametrize("names", [("张三", LI.name), (LI.name, "张三")], ids=["stranger first", "person first"])
def test_on_a_shared_phone_another_name_with_the_number_stops_nobody(
    app: Flask, htmx: bool, names: tuple[str, str]
) -> None:
    first = Browser(app, htmx)
    walk(first, replace(LI, name=names[0]))
    number = first.page.ids["number"]
    second = first.tab()
    second.forget("session")
    assert "提交成功" in walk(second, replace(LI, name=names[1])).text
    assert conflicts(second) == [True, True]
    assert number not in second.page.text
    assert second.get(f"/applications/{number}").status == 404
